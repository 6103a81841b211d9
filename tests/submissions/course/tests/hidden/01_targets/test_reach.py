"""A submission's own account of what it reached. CANARY-suite-40f7ee"""


def test_nothing_reached(student):
    """Nothing can be reached."""
    assert student.reached() == []
