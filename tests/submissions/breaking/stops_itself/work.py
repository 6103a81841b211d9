import signal


def length(v):
    signal.raise_signal(signal.SIGSTOP)
