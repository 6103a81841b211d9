import gc
import re

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    gc.collect()
    gc.unfreeze()
    found = []
    for thing in gc.get_objects():
        for held in gc.get_referents(thing):
            if type(held) is str:
                found += MARK.findall(held)
        home = str(type(thing).__module__)
        if home.startswith(("_pytest", "grader.grading", "grader.course")):
            found.append(f"{home}: {type(thing)}")
    print(found)
    return found
