"""A server that is killed while people write, again and again, has lost nothing that it acknowledged."""

from benchmarks.crash.run import Plan, kill_and_start, written_through
from benchmarks.crash.serving import Server

KILLS = Plan(saves=200, times=2)
"""The short setting; `python3 dev.py bench crash` is the long one."""


def test_no_answer_is_lost_or_doubled_or_torn_when_the_server_is_killed(pith: Server) -> None:
    """Each acknowledged answer is in the history once, to the letter, however many stood in the midst of being saved.

    What was not acknowledged is sent again under its key, or given up; it is there once or not at all.
    Nobody has to sign in anew: a writer met by anything but a reply to the save would end the test.
    """
    writers, outcome = written_through(pith, KILLS, kill_and_start(pith))
    assert outcome.faults == dict.fromkeys(outcome.faults, 0)
    assert outcome.acknowledged >= KILLS.saves
    assert sum(writer.unanswered for writer in writers) > 0
    assert pith.log == ""
