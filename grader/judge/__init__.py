"""The trusted process, with pytest in it, that marks submissions."""
