"""Pages in the browser, from this machine. Runs in the caller: no NumPy, no PyTorch.

lessons/    the course as pages, and its visualizers
dashboard/  a class, for who teaches it
"""
