"""Judges on a cluster: an existing dask.distributed scheduler and its workers (docs/cluster.md).

parcel.py      what crosses: the course, hand-ins, what they came to; all of it bytes
host.py        on a worker: one course unpacked, one warm base, until it is wanted no longer
connection.py  in the caller: a scheduler, whether it is there, whether anybody works for it
remote.py      hand-ins out, answers in, whatever happens to workers and scheduler

The marks stay here: the caller alone writes the gradebook, one hand-in at a time, as for its own
processors. So what a worker or the scheduler takes with it is work, never a mark.

dask.distributed is imported when it is used. It brings NumPy, if that is installed, into the caller
and into Dask's worker process; PyTorch, pytest, suites and student code are in neither.
"""
