while True:
    print("never enough")
