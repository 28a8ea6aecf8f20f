"""The lock files: every package pinned, hashed, and without the address of a registry."""

import json
import re
from pathlib import Path

import pytest

from workshop.locks import EXTRAS, TOOLS
from workshop.steps import ROOT

REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
ADDRESS = re.compile(r"[a-z]+://|\.(?:org|io|com|net)\b|--(?:index|extra-index|find-links)", re.IGNORECASE)


def _pins(path: Path) -> dict[str, str]:
    """Each requirement of a file with everything that follows its name."""
    entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    named = [entry.partition("==") for entry in entries if entry and not entry.startswith("#")]
    return {f"{name} {rest.partition('--')[0].partition(' ')[2].strip()}": rest for name, _, rest in named}


def _versions(path: Path) -> set[tuple[str, str, frozenset[str]]]:
    """Each package of a file with its version and hashes; on which machines it is wanted differs from file to file."""
    pins = ((name, rest.split()) for name, rest in _pins(path).items())
    return {(name.split()[0], words[0], frozenset(w for w in words if w.startswith("--hash"))) for name, words in pins}


def test_every_extra_has_its_file() -> None:
    """Whoever installs an extra finds its packages pinned."""
    assert {path.stem for path in REQUIREMENTS} == {"base", "dev", *TOOLS, *EXTRAS}


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_every_python_package_is_pinned_and_hashed(path: Path) -> None:
    """A changed package at the registry is refused."""
    pins = _pins(path)
    assert pins
    assert [name for name, rest in pins.items() if "--hash=sha256:" not in rest or not rest[0].isdigit()] == []


@pytest.mark.parametrize("path", [*REQUIREMENTS, ROOT / "package-lock.json"], ids=lambda path: path.stem)
def test_no_address_of_a_registry(path: Path) -> None:
    """An authority may use a registry of its own."""
    text = path.read_text(encoding="utf-8").replace("htmx.org", "htmx")
    assert ADDRESS.findall(text) == []


def test_files_agree_with_each_other() -> None:
    """Any of the files can be installed beside base.txt, and tests run on what is deployed."""
    base, dev = _versions(ROOT / "requirements" / "base.txt"), _versions(ROOT / "requirements" / "dev.txt")
    for extra in EXTRAS:
        pins = _versions(ROOT / "requirements" / f"{extra}.txt")
        assert base <= pins
        assert pins <= dev


def test_every_npm_package_is_pinned_and_hashed() -> None:
    """The lock holds exactly what package.json names, at that version, with its integrity."""
    wanted = json.loads((ROOT / "package.json").read_bytes())["dependencies"]
    packages = json.loads((ROOT / "package-lock.json").read_bytes())["packages"]
    del packages[""]
    assert {name.removeprefix("node_modules/"): package["version"] for name, package in packages.items()} == wanted
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
