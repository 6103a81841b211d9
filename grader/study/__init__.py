"""One student's work on their own machine."""
