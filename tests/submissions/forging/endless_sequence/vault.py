class Endless:
    def __len__(self):
        return 1000

    def __getitem__(self, key):
        return Endless()


def vector():
    return Endless()
