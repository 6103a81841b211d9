def number():
    raise BaseExceptionGroup("all", [SystemExit(0), KeyboardInterrupt(), AssertionError()])


def vector():
    raise ExceptionGroup("all", [ExceptionGroup("inner", [ValueError(1)]), TypeError()])


def tensor_torch():
    group = [ValueError("deep")]
    for _ in range(500):
        group = [ExceptionGroup("deeper", group)]
    raise group[0]
