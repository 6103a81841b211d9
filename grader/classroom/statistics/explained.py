"""What each number means, what it does not mean, and what to aim at. Pages show these texts."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["EXPLAINED", "Explanation"]


class Explanation(NamedTuple):
    """Of one number.

    Args:
        title: what stands above it.
        text: what it is, over whom, and what it does not say.
        aim: what to aim at; "" where there is no aim.
    """

    title: str
    text: str
    aim: str = ""


EXPLAINED: dict[str, Explanation] = {
    "first": Explanation(
        "Passed at first",
        "The share of students whose first attempt passed every test, of those whose first attempt "
        "is known. The interval (95 %, Wilson) is where the share of a larger class like this one "
        "may lie. It is known only where the source keeps every attempt.",
        "Between half and nine tenths: above, it may be too easy; below, too hard or badly told.",
    ),
    "last": Explanation(
        "Last hand-in passes",
        "The share of students whose last hand-in passes every test, of those who began it.",
    ),
    "eventual": Explanation(
        "Passed at some time",
        "The share of students of whom any hand-in passed every test, of those who began it. Where "
        "attempts are not limited it nears 100 %, so read it beside the first attempts.",
        "Above nine tenths.",
    ),
    "gave_up": Explanation(
        "Gave up",
        "The share of those who began it, never passed, and have handed in nothing for it since "
        "two days before the newest hand-in of the class.",
    ),
    "attempts": Explanation(
        "Attempts to pass",
        "By this attempt half of those who try have passed. Who has not passed yet counts as "
        "needing more attempts than they made (Kaplan and Meier). A mean would hide those who need "
        "many.",
        "One or two.",
    ),
    "discrimination": Explanation(
        "Goes with the rest",
        "The correlation of this exercise's score at the first attempt with the mean score in the "
        "rest of the course. Near 0: who is good elsewhere is no better here. Below 0: look at the "
        "tests. The interval (95 %) is Fisher's; under thirty students it is wide.",
        "Above 0.2.",
    ),
    "discrimination_last": Explanation(
        "Goes with the rest (last hand-in)",
        "The correlation of this exercise's score in the last hand-in with the mean score in the "
        "rest of the course. First attempts are not known here; where all pass in the end, it says "
        "little.",
        "Above 0.2.",
    ),
    "quintiles": Explanation(
        "By fifths",
        "The class in fifths by the rest of the course, the weakest on the left: the mean score of "
        "each fifth in this exercise.",
        "It rises from left to right.",
    ),
    "alpha": Explanation(
        "Alpha",
        "How well the exercises measure one thing together (Cronbach), over students who tried "
        "all of them. It grows with the number of exercises, and does not say what the thing is.",
        "Above 0.7 where marks are to compare students.",
    ),
    "score": Explanation(
        "Score",
        "The share of the points of what was tried, last hand-ins, before lateness and overrides. "
        "It is no mark.",
    ),
    "test": Explanation(
        "Passed",
        "The share of students whose last hand-in passes this test, of those in whose hand-in it "
        "was run.",
    ),
    "test_first": Explanation(
        "Passed at first",
        "The share of students whose first attempt passed this test, of those in whose first "
        "attempt it was run.",
    ),
    "idea": Explanation(
        "Had this idea",
        "The share of students who showed this wrong idea in any hand-in, of those who began the "
        "exercise. It is found by what the program answers, not by its text.",
    ),
    "idea_unit": Explanation(
        "Any wrong idea",
        "The share of students with any known wrong idea in a unit, of those who began something "
        "of it.",
    ),
    "idea_again": Explanation(
        "Has it again",
        "Of the students with a wrong idea in one exercise who tried a later one, the share who "
        "had the same idea there. Beside it stands the share among all who tried the later one: "
        "where both are alike, nothing was carried over.",
    ),
    "upper_lower": Explanation(
        "Upper minus lower",
        "The class by the rest of the course: the mean score of the best 27 % in this exercise, "
        "minus that of the weakest 27 %. It says much the same as the correlation, and is easier "
        "to tell others.",
        "Above 0.2.",
    ),
    "efficiency": Explanation(
        "Efficiency",
        "How much of the discrimination that these scores allow there is (the covariance with the "
        "rest of the course over the largest that there could be). Where nearly all pass, the "
        "correlation cannot be large; this is not held against the exercise here.",
        "Above half.",
    ),
    "weight": Explanation(
        "Weight",
        "The part of this exercise in how students differ in the sum of all, over those who tried "
        "every exercise: its effective weight, whatever its points are.",
        "Near one over the number of exercises.",
    ),
    "alpha_without": Explanation(
        "Alpha without it",
        "Alpha of all other exercises. Where it is above that of all, this one measures something "
        "else, or its tests are bad.",
        "Not above the alpha of the course.",
    ),
    "not_kept": Explanation(
        "What cannot be told",
        "Whether a hint helped, how long somebody worked, and who masters an idea without hints: "
        "no source of hand-ins says which hints were opened or when somebody was at work, so none "
        "of it is guessed here.",
    ),
}
