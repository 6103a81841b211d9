import os
import signal


def length(v):
    signal.raise_signal(signal.SIGKILL)


def apply(W, x):
    os.abort()


def ordered(values):
    signal.raise_signal(signal.SIGXCPU)
    signal.raise_signal(signal.SIGTERM)


def refuse(v):
    signal.raise_signal(signal.SIGUSR1)


def twice_torch(x):
    signal.raise_signal(signal.SIGSYS)
