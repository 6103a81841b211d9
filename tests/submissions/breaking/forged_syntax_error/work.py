raise SyntaxError("\n" * 100 + "lost", ("work.py", 1 << 30, 1 << 30, "x"))
