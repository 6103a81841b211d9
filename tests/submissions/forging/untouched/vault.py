def number():
    raise NotImplementedError


def vector():
    raise NotImplementedError("PyTorch is not installed")


def tensor_torch():
    error = ModuleNotFoundError("No module named 'torch'")
    error.name = "torch"
    raise error
