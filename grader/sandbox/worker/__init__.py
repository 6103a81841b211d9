"""The locked side of the border."""
