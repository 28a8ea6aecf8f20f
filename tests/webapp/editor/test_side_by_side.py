"""What is said of two forms side by side: figures, bars and sentences that follow from the forms."""

from datetime import date
from typing import Any

import pytest

from engine.definition import Definition
from tests.engine.forms import form, question
from webapp.editor.costs import cost_of
from webapp.editor.side_by_side import Side, groups, percent, statutory

Json = Any
DAY = date(2026, 3, 12)
THINKING = question("meaning", "analysis", kind="analysis")


def side(name: str, *parts: dict[str, Json]) -> Side:
    """A small form under a name."""
    definition = form(*parts)
    return Side(name, definition, cost_of(definition, DAY).burden)


SHORT = side("The short one", THINKING, question("colour", "choice", required=True))
LONG = side("The long one", *(question(f"q{number}", "yes_no", required=True) for number in range(8)))


def bars(first: Side, second: Side) -> dict[str, list[tuple[str, float]]]:
    """Words and length of both bars by what is measured."""
    return {
        measure.label: [(bar.words.replace("\N{NO-BREAK SPACE}", " "), bar.length) for bar in measure.bars]
        for group in groups(first, second)
        for measure in group.measures
    }


def told(first: Side, second: Side) -> str:
    """All sentences."""
    return " ".join(sentence for group in groups(first, second) for sentence in group.sentences)


def test_a_bar_is_as_long_as_its_figure_beside_the_greater_one() -> None:
    """Shares and places are drawn of the whole."""
    found = bars(LONG, SHORT)
    assert found["Questions on the longest path"] == [("8", 100), ("2", 25)]
    assert found["Required answers on that path"] == [("8", 100), ("1", 12.5)]
    assert found["Chosen from options"] == [("100 %", 100), ("50 %", 50)]
    assert found["Analysis, written freely"] == [("0 %", 0), ("50 %", 50)]
    assert found["Where the first analysis stands"] == [("nowhere", 0), ("1 of 2", 50)]
    assert bars(SHORT, LONG) == {label: [two, one] for label, (one, two) in found.items()}


def test_sentences_say_which_asks_more_whichever_stands_first() -> None:
    """And that one has no room for analysis."""
    assert "The long one asks up to 8 questions, The short one up to 2: 6 fewer." in told(LONG, SHORT)
    assert "The short one asks up to 2 questions, The long one up to 8: 6 more." in told(SHORT, LONG)
    assert "up to 2: as many." in told(SHORT, SHORT)
    assert "the first must have 1 answer, the second 8." in told(SHORT, LONG)
    assert "The first analysis in The short one is question 1 of 2. The long one has no question" in told(SHORT, LONG)


def returning(*items: str) -> Definition:
    """A form with one question for each text about returns."""
    return form(*(question(f"q{number}", returns=item) for number, item in enumerate(items)))


def test_items_of_returns_are_those_of_both_and_of_each() -> None:
    """A question may yield several, a column too; each item counts once."""
    rows = question("people", "rows", columns=[question("born", "date", returns="Born")])
    found = statutory(returning("Sex; Seen", "Sex", "Need"), form(question("q", returns="Need; Started"), rows))
    assert (found.both, found.only) == (["Need"], (["Sex", "Seen"], ["Started", "Born"]))
    assert found.sentence == (
        "The two share 1 item; 2 come only from the first, 2 come only from the second. "
        "What one lacks may come from another form."
    )
    none = statutory(returning("Sex"), form(question("q")))
    assert none.sentence.startswith("The two share no item; 1 comes only from the first, 0 come only from the second.")


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0 %"), (0.003, "0.3 %"), (0.01, "1 %"), (0.821, "82 %"), (1, "100 %")]
)
def test_a_small_share_is_not_rounded_to_nothing(share: float, words: str) -> None:
    """Less than one in a hundred keeps a decimal."""
    assert percent(share).replace("\N{NO-BREAK SPACE}", " ") == words
