"""What a worker gives up before a line of the submission runs."""
