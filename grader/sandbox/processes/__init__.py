"""Who starts whom: caller, base, zygote, judges and workers."""
