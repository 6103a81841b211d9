"""Pages in the browser, from this machine. Runs in the caller: no NumPy, no PyTorch.

lessons/    the course as pages, and its visualizers
demo/       a made-up class with a gradebook
"""
