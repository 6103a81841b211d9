"""Which wrong idea a wrong answer comes from. Runs in the judge, on the course's own code.

variants.py   the solution and each misconception as modules
replay.py     what a variant would have answered to a student's calls
contents.py   an answer, and what it holds as a digest
memory.py     questions and answers, and what is known of them: all is worked out once
agreement.py  what one answer says about one idea
draws.py      random starts, compared as samples
evidence.py   what all answers of one function say about it
naming.py     which idea is named for each function
echo.py       which functions only repeat another's mistake
asked.py      one run with all answers, and which of them are wrong
diagnose.py   all of it together: the ideas that explain what was answered
situations.py where students hold an idea: in part, or beside other work
hollow.py     answers with nothing in them, of which every comparison holds
posing.py     answers that equal what they are not
"""
