while True:
    print("never enough" * 100)
