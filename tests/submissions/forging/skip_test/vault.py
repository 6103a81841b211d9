import unittest


def number():
    raise unittest.SkipTest("not today")


def vector():
    import pytest

    pytest.skip("not today")


def tensor_torch():
    import pytest

    pytest.importorskip("no_such_module")
