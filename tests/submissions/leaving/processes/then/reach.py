import os


def reached():
    try:
        return [os.waitpid(-1, os.WNOHANG)]
    except OSError:
        return []
