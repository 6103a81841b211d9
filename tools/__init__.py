"""What the Makefile runs beside the grader: setting up, and reading the repository's texts."""
