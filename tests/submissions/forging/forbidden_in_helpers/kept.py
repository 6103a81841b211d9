import numpy as np

names = {"dot": np.dot}
