import importlib
import sys

import work

importlib.import_module(__name__)


def length(v):
    importlib.reload(sys.modules["numpy.linalg"])
    return sum(x * x for x in v) ** 0.5
