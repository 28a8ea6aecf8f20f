"""What became of the forms themselves: a version of Northshire's own, tried and taken back, and what people said."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from engine.definition import definition_from_json
from webapp.clock import london_day
from webapp.demo.stage import Stage
from webapp.library import LIBRARY, read_file
from webapp.store.definitions import Publication, edition, publish
from webapp.store.feedback import Word, leave_word
from webapp.store.withdrawals import Withdrawal, withdraw

Json = Any
Did = tuple[str, Callable[[Stage], object]]
"""A relative moment, and what was done then."""

_FILE = Path(__file__).with_name("said_about_forms.json")
FIRST_DAY = "-160w 08:30"
"""When the shipped forms came into use in Northshire."""


def local_version() -> Json:
    """Northshire's own version of a form: the overlay that makes it, who published it when, why it was withdrawn."""
    return _read()["local_version"]


def deeds_about_forms() -> Iterator[Did]:
    """The local version published and withdrawn, and every word that was left about a form."""
    local = local_version()
    yield local["published"], partial(_publish, local=local)
    yield local["withdrawn"], partial(_withdraw, local=local)
    for said in said_about_forms():
        yield said["at"], partial(_say, said=said)


def said_about_forms() -> Json:
    """What people said about forms: who, when, of which form, section and question ("" for the section), and what."""
    return _read()["said"]


def local_definition(local: Json) -> Json:
    """The JSON of the form that the overlay makes of the shipped one; raises ValueError where it does not fit."""
    # Only who fills a demonstration needs it, once; no other command should wait for it.
    from engine.overlays import apply

    base = local["overlay"]["base"]
    made, problems = apply(read_file(LIBRARY / base["form"] / f"{base['version']}.json").value, local["overlay"])
    if problems:
        raise ValueError("; ".join(problem.message for problem in problems))
    return made


def _publish(stage: Stage, local: Json) -> None:
    by = stage.people[local["by"]]
    publication = Publication(definition_from_json(local_definition(local), {}), {}, by.authority, by.id)
    publish(stage.connection, publication, stage.moment(local["published"]))


def _withdraw(stage: Stage, local: Json) -> None:
    by, overlay = stage.people[local["by"]], local["overlay"]
    withdrawal = Withdrawal(overlay["form"], overlay["version"], local["reason"], by.authority, by.id)
    withdraw(stage.connection, withdrawal, stage.moment(local["withdrawn"]))


def _say(stage: Stage, said: Json) -> None:
    who = stage.people[said["who"]]
    word = Word(said["section"], said["question"] or None, said["words"])
    at = stage.moment(said["at"])
    leave_word(stage.connection, who, edition(stage.connection, who, said["form"], london_day(at)), word, at)


def _read() -> Json:
    return json.loads(_FILE.read_text(encoding="utf-8"))
