"""What crosses the border, and how it is written. Runs on both sides; nothing is ever unpickled.

nodes.py      the kinds of values that cross, and the limits of a frame
encoder.py    values to nodes and buffers
decoder.py    nodes and buffers to values
values.py     whether two values are the same, down to the bits
protocol.py   the questions of a judge and the answers of a worker
channel.py    frames over a descriptor, with one deadline for each
"""
