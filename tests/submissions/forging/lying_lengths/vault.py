class Endless:
    def __len__(self):
        return 1 << 62

    def __getitem__(self, key):
        return Endless()


class Negative(Endless):
    def __len__(self):
        return -1


def number():
    return Negative()


def vector():
    return Endless()


def tensor_torch():
    return [Endless()] * 100
