"""The form that docs/first-form.md leads to is one that a worker can begin and write."""

import json
from pathlib import Path

from tests.docs.consoles import files_to_write
from tests.webapp.assessments.desk import Page, begin
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.library import read_definition
from webapp.store.database import Database, writing
from webapp.store.definitions import Publication, publish
from workshop.steps import ROOT

FILES = files_to_write((ROOT / "docs" / "first-form.md").read_text(encoding="utf-8"))


def test_the_first_form_is_begun_and_written(worker: Visitor, database: Database, tmp_path: Path) -> None:
    """Published, it is offered among the forms to begin; its follow-up comes with the answer that opens it."""
    path = tmp_path / "1.json"
    path.write_text(FILES["form_definitions/phone-call/1.json"], encoding="utf-8")
    with writing(database) as connection:
        publish(connection, Publication(*read_definition(path)), NOW)
    call = begin(worker, "phone-call", ["Wren"])
    assert "Phone call" in Page(worker.get(f"/children/{call.children['Wren']}/begin")).text
    assert call.open("call").asked == ["q-answered", "q-next"]
    answers = json.loads(FILES["nobody.json"])
    call.save("call", {f"q-{name}": value for name, value in answers.items()})
    assert call.open("call").asked == ["q-answered", "q-next", "q-next_why"]
