"""Wrong ideas about counting."""


class SharedByAll:
    """Does every tally have counts of its own?"""

    class Tally:
        counts = {}

        def add(self, item, times=1):
            self.counts[item] = self.counts.get(item, 0) + times

        def count(self, item):
            return self.counts.get(item, 0)

        @property
        def total(self):
            return sum(self.counts.values())

        def most_common(self):
            if not self.counts:
                raise LookupError
            best = max(self.counts, key=self.counts.get)
            return best, self.counts[best]

        def __len__(self):
            return len(self.counts)


class CountsKinds:
    """Is the total the number of items, or of kinds of items?"""

    class Tally:
        def __init__(self):
            self.counts = {}

        def add(self, item, times=1):
            self.counts[item] = self.counts.get(item, 0) + times

        def count(self, item):
            return self.counts.get(item, 0)

        @property
        def total(self):
            return len(self.counts)

        def most_common(self):
            if not self.counts:
                raise LookupError
            best = max(self.counts, key=self.counts.get)
            return best, self.counts[best]

        def __len__(self):
            return len(self.counts)


class FirstIsMost:
    """Is the first item that came the one that came most often?"""

    class Tally:
        def __init__(self):
            self.counts = {}

        def add(self, item, times=1):
            self.counts[item] = self.counts.get(item, 0) + times

        def count(self, item):
            return self.counts.get(item, 0)

        @property
        def total(self):
            return sum(self.counts.values())

        def most_common(self):
            if not self.counts:
                raise LookupError
            return next(iter(self.counts.items()))

        def __len__(self):
            return len(self.counts)


class NothingIsAnError:
    """How often did an item come that never came?"""

    class Tally:
        def __init__(self):
            self.counts = {}

        def add(self, item, times=1):
            self.counts[item] = self.counts.get(item, 0) + times

        def count(self, item):
            return self.counts[item]

        @property
        def total(self):
            return sum(self.counts.values())

        def most_common(self):
            best = max(self.counts, key=self.counts.get)
            return best, self.counts[best]

        def __len__(self):
            return len(self.counts)
