"""Which wrong idea a wrong answer comes from."""
