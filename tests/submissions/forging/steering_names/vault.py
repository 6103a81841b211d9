EVIL = "numbe\x1b[2J\x9b31m\u202e\r\n\n\n\npassed"
globals()[EVIL] = globals()["number" + EVIL] = 1
Evil = type(EVIL, (), {"__module__": "numpy"})
EvilError = type(EVIL, (Exception,), {})


def vector():
    return Evil()


def tensor_torch():
    code = compile("raise error", EVIL, "exec")
    exec(code, {"error": EvilError(EVIL)})
