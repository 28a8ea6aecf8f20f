"""The schema that editors read lies beside the forms, and is the one the check goes by."""

import json
import os
from pathlib import Path

import pytest

from engine.schema import definition_schema
from tests.definitions.library import LIBRARY, definition_files, name, read

SCHEMA_FILE = LIBRARY / "definition.schema.json"
FORMS = [path for path in definition_files() if "$schema" in read(path)]


@pytest.mark.golden
def test_the_file_holds_the_published_schema() -> None:
    """After a new type, key or operator, `python3 dev.py golden` writes it anew."""
    text = json.dumps(definition_schema(), ensure_ascii=False, indent=2) + "\n"
    if "PITH_REWRITE_GOLDEN" in os.environ:
        SCHEMA_FILE.write_text(text, encoding="utf-8")
    assert SCHEMA_FILE.read_text(encoding="utf-8") == text, "`python3 dev.py golden` makes it anew"


@pytest.mark.parametrize("path", FORMS, ids=name)
def test_a_form_leads_an_editor_to_the_schema(path: Path) -> None:
    """`$schema` is read from the form's own folder, wherever that lies, and stands first."""
    form = read(path)
    assert next(iter(form)) == "$schema"
    assert (path.parent / form["$schema"]).resolve() == SCHEMA_FILE.resolve()


def test_the_form_that_people_copy_leads_to_the_schema() -> None:
    """Whoever begins from the visit form has the help of their editor."""
    assert LIBRARY / "visit" / "1.json" in FORMS
