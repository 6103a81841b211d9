def length(v):
    while True:
        pass
