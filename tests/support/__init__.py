"""What many tests build: courses, launchers, commands; fixtures are in conftests."""
