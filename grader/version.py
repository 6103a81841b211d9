"""The version of wxb, written once."""

__version__ = "0.1.0"
