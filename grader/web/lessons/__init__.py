"""The course as pages.

widgets/    what is dragged and played: visualizers
"""
