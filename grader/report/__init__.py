"""The report of a submission: its format, its words, and its looks outside a terminal."""
