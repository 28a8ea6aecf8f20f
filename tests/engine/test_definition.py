"""A definition as values: what its hash covers, and that it reads back as it was written."""

import json
from typing import Any

from engine.code_lists import CodeList, code_list_from_json
from engine.definition import definition_from_json, definition_to_json
from engine.versions import compare
from tests.engine.forms import form_json, question, section


def _codes(*labels: str, **keys: Any) -> CodeList:
    options = [{"value": f"C{number}", "label": label, **keys} for number, label in enumerate(labels)]
    return code_list_from_json({"code_list": "risk", "title": "Risk", "options": options})


def _hash(*labels: str, **keys: Any) -> str:
    asked = question("risk", "choice", code_list="risk")
    return definition_from_json(form_json(asked), {"risk": _codes(*labels, **keys)}).content_hash


def test_the_hash_covers_the_whole_of_each_code_list_it_names() -> None:
    """Other labels, days or codes are another form, whatever question uses the list."""
    hashes = [_hash("Yes"), _hash("No"), _hash("Yes", "No"), _hash("Yes", to="2020-01-01"), _hash("Yes", group="g")]
    assert len(set(hashes)) == len(hashes)
    assert _hash("Yes") == _hash("Yes")


def test_the_hash_tells_lists_of_columns_apart() -> None:
    """Two rows questions may each have a column of one name with a list of its own."""

    def rows(name: str, code_list: str) -> dict[str, Any]:
        return question(name, "rows", columns=[question("code", "choice", code_list=code_list)])

    data = form_json(section("s", rows("first", "a"), rows("second", "b")))
    plain = code_list_from_json({"code_list": "a", "title": "A", "options": [{"value": "X", "label": "X"}]})
    more = code_list_from_json(
        {"code_list": "a", "title": "A", "options": [{"value": "X", "label": "X"}, {"value": "Y", "label": "Y"}]}
    )
    other = code_list_from_json({"code_list": "b", "title": "B", "options": [{"value": "X", "label": "X"}]})
    before = definition_from_json(data, {"a": plain, "b": other})
    assert definition_from_json(data, {"a": more, "b": other}).content_hash != before.content_hash


def test_codes_are_those_valid_on_the_day() -> None:
    ended = {"risk": _codes("Old", to="2020-03-31")}
    data = form_json(question("risk", "choice", code_list="risk"))
    assert [o.value for o in definition_from_json(data, ended, "2020-03-31").questions[0].options] == ["C0"]
    assert definition_from_json(data, ended, "2020-04-01").questions[0].options == ()
    assert definition_from_json(data, ended).questions[0].options == ()


def test_a_definition_is_written_as_it_was_read_and_shares_nothing_with_it() -> None:
    data = form_json(question("a"), question("b", show_when={"question": "a", "answered": True}))
    written = definition_to_json(definition_from_json(data))
    assert written == json.loads(json.dumps(data))
    written["sections"].clear()
    assert data["sections"]


def test_the_hash_passes_over_where_an_editor_finds_the_schema() -> None:
    """A form moved to another folder, with another `$schema`, is the same form."""
    data = form_json(question("a"))
    plain, one, other = (
        definition_from_json(form)
        for form in (data, {"$schema": "../definition.schema.json", **data}, {"$schema": "elsewhere.json", **data})
    )
    assert plain.content_hash == one.content_hash == other.content_hash
    assert definition_from_json({**data, "purpose": "Another"}).content_hash != plain.content_hash
    assert compare(plain, one) == ()


def test_a_definition_keeps_its_schema_when_it_is_written() -> None:
    """Whoever exports a form and goes on with it keeps the help of their editor."""
    data = {"$schema": "../definition.schema.json", **form_json(question("a"))}
    assert definition_to_json(definition_from_json(data)) == data
