import glob
import re
from pathlib import Path

import grader

MARK = re.compile(r"CANARY-[a-z]+-\w{6}")


def reached():
    course = Path(grader.__file__).parents[1] / "tests" / "submissions" / "course"
    places = ["course.yaml"]
    for tree in ("exercises", "solutions", "misconceptions", "tests/hidden"):
        places += [f"{tree}/01_targets/{stem}.py" for stem in ("work", "vault", "reach")]
        places += [f"{tree}/01_targets/test_{stem}.py" for stem in ("work", "vault", "reach")]
    found = []
    for place in places:
        try:
            text = (course / place).read_text()
        except OSError:
            continue
        print(text)
        found += MARK.findall(text) or [place]
    return found + glob.glob(f"{course}/*", recursive=True)
