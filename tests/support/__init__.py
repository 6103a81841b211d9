"""What tests of several rooms build; fixtures are in conftests, and use what is here.

courses/    small courses, and how one is written to a folder
collecting  a class that is collected
lms         what other systems make of a class
cells       notebooks as Jupyter writes them, and the modules that cells make
files       text files: written, and changed in one place
commands    `grade ARGS…` inside this process
judging     a judge in a thread of this process
launchers   workers in threads of this process, and processes that start soon
forks       children for what must be seen from inside a process of its own
places      where things are in this repository
processes   who descends from whom, and waiting until they are gone
needs       what the machine must have for a test
sessions    sessions on a module, asked from a test
reports     every report against the published schema
"""
