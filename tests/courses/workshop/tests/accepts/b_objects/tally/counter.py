"""With collections.Counter."""

from collections import Counter


class Tally(Counter):
    def add(self, item, times=1):
        self[item] += times

    def count(self, item):
        return self[item]

    total = property(lambda self: sum(self.values()))

    def most_common(self):
        if not self:
            raise LookupError
        return super().most_common(1)[0]
