"""What crosses the border between judge and worker, and how it is written."""
