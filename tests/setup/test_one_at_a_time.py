"""Two commands given at once set the checkout up one after the other."""

import threading
import time
from pathlib import Path

import pytest

from workshop import steps


def test_the_second_waits_for_the_first_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither works in the folder while the other does."""
    pytest.importorskip("fcntl")
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    inside: list[str] = []
    entered = threading.Event()

    def first() -> None:
        with steps.one_at_a_time():
            inside.append("first in")
            entered.set()
            time.sleep(0.3)
            inside.append("first out")

    thread = threading.Thread(target=first)
    thread.start()
    entered.wait(10)
    with steps.one_at_a_time():
        inside.append("second in")
    thread.join()
    assert inside == ["first in", "first out", "second in"]
    assert "Waiting for another command" in capsys.readouterr().err
