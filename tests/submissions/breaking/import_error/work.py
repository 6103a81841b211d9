import random

raise random.choice([ValueError, TypeError, OSError, LookupError])("not today")
