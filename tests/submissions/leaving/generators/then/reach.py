import random

import numpy as np


def reached():
    mine = [random.random(), float(np.random.rand())]
    random.seed(1)
    np.random.seed(1)
    return ["the same numbers"] if mine == [random.random(), float(np.random.rand())] else []
