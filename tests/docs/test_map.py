"""The map names every room and every file in it, and nothing that is not there."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.docs.pages import first_column, text_of
from workshop.steps import ROOT

MAP = text_of(ROOT / "docs" / "index.md")
ROOMS = ("engine", "webapp", "form_definitions", "tests")
NOT_WRITTEN_BY_US = {"__init__.py", "__pycache__", "static_built"}
FOLDERS_ONLY = ("form_definitions", "tests")


def _on_the_map(room: str) -> list[str]:
    """The names in the table under a room's heading, in order."""
    part = re.search(rf"^### {room}/\n(.*?)(?=^##)", MAP, re.DOTALL | re.MULTILINE)
    assert part, f"the map has no part about {room}/"
    return [found.rstrip("/") for found in re.findall(r"^\| `([^`]+)`", part[1], re.MULTILINE)]


def _in_the_room(room: str) -> set[str]:
    entries = [path for path in (ROOT / room).iterdir() if path.name not in NOT_WRITTEN_BY_US]
    return {path.name for path in entries if path.is_dir() or (path.suffix == ".py" and room not in FOLDERS_ONLY)}


def _height_in(package: str) -> dict[str, int]:
    """How far up each file of a package stands in the order of imports; neighbours stand equally high."""
    contracts = ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    layers = contracts[f"importlinter:contract:{package}-order"]["layers"].split("\n")
    return {name: -number for number, layer in enumerate(layers) for name in re.findall(r"\w+", layer)}


@pytest.mark.parametrize("room", ROOMS)
def test_the_map_names_what_is_in_a_room(room: str) -> None:
    """A new file or folder is put on the map, once; one that went is taken off."""
    assert sorted(_on_the_map(room)) == sorted(_in_the_room(room))


def test_the_map_names_every_room() -> None:
    """What stands at the top is explained before what stands in it."""
    rooms = {path.name for path in ROOT.iterdir() if any(path.glob("*.py"))} | {"form_definitions", "docs"}
    assert {f"{room}/" for room in rooms} <= first_column(MAP)


@pytest.mark.parametrize(("package", "from_above"), [("engine", False), ("webapp", True)])
def test_files_stand_in_the_order_of_imports(package: str, from_above: bool) -> None:
    """Whoever reads the engine's table meets nothing that rests on what comes later; the web's goes the other way."""
    height = _height_in(package)
    names = [name.removesuffix(".py") for name in _on_the_map(package)]
    heights = [height[name] for name in names if name in height]
    assert heights == sorted(heights, reverse=from_above)


def test_the_map_names_every_page() -> None:
    """No page of the documentation is left for people to stumble upon."""
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    assert all(f"({page})" in MAP for page in pages)


def test_decisions_are_numbered_without_gaps_and_say_why() -> None:
    """Each record has its number once, and says in what situation, what was chosen and what follows."""
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [_number(record) for record in records] == [*range(1, len(records) + 1)]
    for record in records:
        text = text_of(record)
        assert text.startswith(f"# {_number(record)}. "), record.name
        assert all(f"**{part}.** " in text for part in ("Context", "Choice", "What follows")), record.name


def _number(record: Path) -> int:
    return int(record.name[:4])
