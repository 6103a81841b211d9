"""The border: student code on one side, whoever asks it on the other. It knows nothing of a course.

wire/           what crosses, and how it is written           both sides
lock/           what a worker gives up before it begins       in the worker, as it begins
worker/         the submission's modules, answering           in the worker
executor.py     what can be asked of a module                 in the worker, and in the judge
memory.py       fresh memory that is never zero by luck       both sides
seeds.py        the global generators in a known state        both sides
processes/      who starts whom, and how each ends            caller, base, zygote, judge
session.py      one submission behind the border              in the judge
attendant.py    its worker: started, asked, ended, replaced   in the judge
line.py         one request to a worker, and its reply        in the judge
foreseen.py     questions put before their test asks them     in the judge
patience.py     how long an answer is waited for              in the judge
exchange.py     one question and its answer                   in the judge
ends.py         why a test ends: from an answer, an end       in the judge
stopped.py      the ways in which a test is ended, as facts   in the judge
proxy.py        the `student` that suites call                in the judge
"""
