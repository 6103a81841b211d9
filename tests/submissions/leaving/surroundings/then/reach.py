import os
import resource


def reached():
    found = [name for name in os.environ if "WXB" in name]
    found += [] if os.getcwd() == "/" else [os.getcwd()]
    found += [] if resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 16 else ["fewer descriptors"]
    found += [] if os.path.sameopenfile(0, 1) or os.fstat(0) else ["no standard input"]
    return found
