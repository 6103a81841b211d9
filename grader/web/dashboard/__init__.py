"""The instructor's dashboard: a class at a glance, and what a person decides. In the caller.

charts.py   charts as SVG, each with its table
"""
