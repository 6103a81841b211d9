import _thread
import signal


def number():
    raise KeyboardInterrupt


def vector():
    _thread.interrupt_main()
    signal.raise_signal(signal.SIGINT)
    raise KeyboardInterrupt


def tensor_torch():
    raise GeneratorExit
