"""The draft as a worker sees it beside what changes it: filled so that what is looked at is asked, or as is chosen."""

from collections.abc import Mapping
from typing import Any

from engine.journey import Context, context_from_json
from engine.proofs import Proofs
from webapp import current
from webapp.drawing.values import Control, Item
from webapp.editor.case_files import case_to_try, titles_of
from webapp.editor.invented import ONE_CHILD, context_for
from webapp.editor.judging import Judgement
from webapp.editor.panel.subjects import Subject
from webapp.editor.preview import Preview, section_as_seen
from webapp.store.database import Connection
from webapp.store.errors import NoSuchRecord

Json = Any

PATHS = {"longest": "The longest path", "shortest": "The shortest path"}
"""What a preview can be filled with besides a case, and the answers that show what is looked at."""

CASE = "case:"
"""What the name of a filling begins with that is a case; its key follows."""


def seen_beside(form: str, judgement: Judgement, subject: Subject, fill: str) -> Preview | None:
    """The section of a part as a worker sees it; None while the draft cannot be read as a form."""
    definition = judgement.definition
    if definition is None or judgement.cost is None:
        return None
    section = definition.sections[max(subject.section, 0)]
    try:
        sheet = case_to_try(form, fill.removeprefix(CASE)) if fill.startswith(CASE) else None
    except NoSuchRecord:
        sheet = None
    if sheet is not None:
        return section_as_seen(definition, section.id, sheet.filled(definition).journey.answers, sheet.context)
    return section_as_seen(definition, section.id, *_filling(judgement.cost.proofs, subject, fill))


def _filling(proofs: Proofs, subject: Subject, fill: str) -> tuple[Mapping[str, Json], Context]:
    """Answers and children: those of a path, else those that show what is looked at."""
    paths = {"longest": proofs.longest_path.witness, "shortest": proofs.shortest_path.witness}
    witness = paths.get(fill) or proofs.witnesses.get(subject.name)
    if witness is None:
        return {}, context_for(ONE_CHILD, current.today())
    return witness.answers, context_from_json(witness.context)


def fillings(connection: Connection, form: str, fill: str) -> Control:
    """The menu of what a preview can be filled with."""
    cases = {f"{CASE}{key}": f"Case: {title}" for key, title in titles_of(connection, form).items()}
    names = {"": "What you look at is asked", **PATHS, **cases}
    items = [Item("", name, words, checked=name == fill) for name, words in names.items()]
    return Control(id="fill", name="fill", label="Filled so that", items=items)
