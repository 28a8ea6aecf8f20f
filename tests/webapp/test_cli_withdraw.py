"""pith withdraw takes a version out of use, once, with a reason."""

from tests.webapp.commands import Pith
from webapp.library import LIBRARY

VISIT = str(LIBRARY / "visit" / "1.json")


def test_a_version_is_withdrawn_once(pith: Pith) -> None:
    """The same again changes nothing; it can be published no more under that number with other content."""
    assert pith("publish", VISIT).code == 0
    for _ in range(2):
        done = pith("withdraw", "visit", "1", "--reason", "A question was wrong.")
        assert (done.code, done.out) == (0, "visit version 1 is withdrawn. What was begun on it goes on.\n")


def test_another_reason_later_changes_nothing_and_says_so(pith: Pith) -> None:
    """The reason given first stands, and is told."""
    assert pith("publish", VISIT).code == 0
    assert pith("withdraw", "visit", "1", "--reason", "A question was wrong.").code == 0
    done = pith("withdraw", "visit", "1", "--reason", "We are done with it.")
    told = "visit version 1 was withdrawn before, and the reason given then stands: A question was wrong.\n"
    assert (done.code, done.out) == (0, told)


def test_what_was_never_published_cannot_be_withdrawn(pith: Pith) -> None:
    """The words name the form and the version."""
    done = pith("withdraw", "visit", "7", "--reason", "A question was wrong.")
    assert done.code == 2
    assert done.err == "pith withdraw: visit version 7 was never published here, so there is nothing to withdraw.\n"


def test_a_reason_is_needed(pith: Pith) -> None:
    """Whoever would begin the form reads it."""
    assert pith("publish", VISIT).code == 0
    done = pith("withdraw", "visit", "1", "--reason", " ")
    assert done.code == 2
    assert "Say why it is withdrawn" in done.err
