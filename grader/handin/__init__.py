"""What was handed in: read within bounds, and sorted by exercise."""
