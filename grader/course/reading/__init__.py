"""From course.yaml to a `Course`, or to every fault in it at once."""
