"""Sentences that the simulated forms are written with: a few for each question, about no child in particular."""

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

_FILE = Path(__file__).with_name("texts.json")


@cache
def _texts() -> Any:
    return json.loads(_FILE.read_text(encoding="utf-8"))


def some(kind: str, number: int, chance: Random) -> str:
    """So many sentences of a kind, as many as there are at most, in an order of their own."""
    sentences = _texts()[kind]
    return " ".join(chance.sample(sentences, max(1, min(number, len(sentences)))))
