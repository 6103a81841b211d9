"""What a worker gives up before a line of the submission runs. Runs in the worker, once.

    lockdown.py   all steps in order, and whether this machine can take them
    paths.py      which files a worker may read
    landlock.py   the kernel's lock on files
    syscalls.py   the kernel's filter of system calls: the list of those that are allowed
    limits.py     memory, time, descriptors: what any Unix has

`paths` and `lockdown.prepare` run before, in the caller and in the zygote.
"""
