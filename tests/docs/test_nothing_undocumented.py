"""What the code knows by name is in the pages, and what the pages list is in the code."""

import json
import re
from dataclasses import fields
from importlib import import_module
from pkgutil import iter_modules

import dev
from engine.checks import families
from engine.messages import MESSAGES
from engine.operators import OPERATORS
from engine.overlays.table import operations
from engine.question_types import question_types
from engine.schema.definition import definition_schema
from tests.docs.pages import first_column, text_of
from webapp.cli import COMMANDS
from webapp.commands import trial
from webapp.config import Settings
from workshop.steps import ROOT

DOCS = ROOT / "docs"
FORMAT = text_of(DOCS / "form-format.md")


def _headings(text: str, pattern: str) -> set[str]:
    return set(re.findall(rf"^## {pattern}$", text, re.MULTILINE))


def _names_after(heading: str, text: str) -> set[str]:
    """The names in the first table after a heading or sentence."""
    return first_column(text.partition(heading)[2].partition("<!-- end -->")[0])


def test_settings() -> None:
    """Each environment variable that is read is explained."""
    declared = {each.metadata["variable"] for each in fields(Settings) if "variable" in each.metadata}
    assert first_column(text_of(DOCS / "settings.md")) == declared


def test_commands() -> None:
    """Each command has its part; each of the developer's its line."""
    page = text_of(DOCS / "command-line.md")
    assert _headings(page, r"pith ([\w-]+)") == set(COMMANDS)
    assert set(re.findall(r"^\| `python3 dev.py (\w+)", page, re.MULTILINE)) == set(dev.COMMANDS)


def test_every_module_of_a_command_is_listed() -> None:
    """A file in `webapp/commands` that can run is a command that `pith` knows."""
    package = import_module("webapp.commands")
    found = {module.name for module in iter_modules(package.__path__)}
    runnable = {name for name in found if hasattr(import_module(f"webapp.commands.{name}"), "add_arguments")}
    parts = {f"trial-{name}" for name in trial.PARTS}
    assert {name.replace("_", "-") for name in runnable} == set(COMMANDS) | parts


def test_question_types() -> None:
    """Each type has its part, and its settings stand there."""
    page = text_of(DOCS / "question-types.md")
    assert _headings(page, r"(\w+)") == set(question_types())
    for name, of in question_types().items():
        part = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
        assert part
        assert set(of.settings) <= first_column(part[1]), name


def test_operators() -> None:
    """Each operator can be looked up."""
    assert _names_after("<!-- made: operators -->", FORMAT) == set(OPERATORS)


def test_what_an_answer_is_written_as() -> None:
    """The table of answers leaves no type out."""
    lines = FORMAT.partition("## Answers")[2].partition("<!--")[0].splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    assert set(re.findall(r"`(\w+)`", " ".join(cells))) == set(question_types())


def test_keys_of_a_form() -> None:
    """Each key of a form, a section and a question can be looked up."""
    schema = definition_schema()
    every_question = set.intersection(
        *(set(schema["$defs"][f"{name}_question"]["properties"]) for name in question_types())
    )
    assert _names_after("<!-- made: form -->", FORMAT) == set(schema["properties"])
    assert _names_after("<!-- made: section -->", FORMAT) == set(schema["$defs"]["section"]["properties"])
    assert _names_after("<!-- made: question -->", FORMAT) == every_question


def test_what_can_be_wrong_with_an_answer() -> None:
    """Each code an answer can be refused with can be looked up."""
    assert _names_after("<!-- made: answer problems -->", FORMAT) == set(MESSAGES)


def test_operations_of_an_overlay() -> None:
    """Each operation can be looked up."""
    assert _names_after("<!-- made: overlay operations -->", FORMAT) == {name for name, _ in operations()}


def test_codes_of_the_check() -> None:
    """Each code a definition can be told can be looked up, with every family that gives it."""
    page = text_of(DOCS / "definition-checks.md")
    for name, family in families().items():
        if not family.KINDS:
            continue
        heading = f"### {name.replace('_', ' ').capitalize()}"
        part = re.search(rf"^{heading}$(.*?)(?=^#|^<!-- end)", page, re.DOTALL | re.MULTILINE)
        assert part
        assert first_column(part[1]) == set(family.KINDS), name


def test_codes_told_of_the_broken_forms() -> None:
    """Whatever a form of the library with a fault in it is told can be looked up."""
    expected = json.loads((ROOT / "form_definitions" / "_features" / "broken" / "expected.json").read_bytes())
    told = {problem["code"] for problems in expected.values() for problem in problems}
    assert told <= first_column(text_of(DOCS / "definition-checks.md"))
