"""Pages in the browser, from this machine. Runs in the caller: no NumPy, no PyTorch."""
