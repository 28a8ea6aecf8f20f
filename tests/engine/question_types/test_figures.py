"""Answers that are summed up are numbers by their own type, and no others are."""

import pytest

from engine.question_types import question_types

TYPES = question_types()


@pytest.mark.parametrize("name", sorted(name for name, each in TYPES.items() if each.summed_as))
def test_every_example_of_a_type_that_is_summed_up_has_a_figure(name: str) -> None:
    """A share lies between 0 and 1; what is summed as a mean is the number itself."""
    asked = TYPES[name]
    answers = [each.answer for each in asked.examples if each.answer is not None]
    figures = [asked.figure(answer) for answer in answers]
    assert figures == ([float(each == "yes") for each in answers] if asked.summed_as == "share" else answers)
    assert len(set(figures)) > 1


def test_only_numbers_and_yes_or_no_are_summed_up() -> None:
    """A trial can have their answers as an outcome; an option or a text is no figure."""
    assert {name: each.summed_as for name, each in TYPES.items() if each.summed_as} == {
        "number": "mean",
        "scale": "mean",
        "yes_no": "share",
    }
