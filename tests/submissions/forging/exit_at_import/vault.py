import os
import sys

sys.stdout.flush()
os._exit(0)
