"""What every page a test fetches must keep to: valid HTML, one h1, a title, labelled controls, ids that are there."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "aria-errormessage", "list")
CONTROLS = ("input", "select", "textarea")
NEED_NO_LABEL = ("hidden", "submit", "button", "image", "reset")
NAMED = ("aria-label", "aria-labelledby", "title")
FORBIDDEN = ("style", "onclick", "onchange", "onsubmit", "oninput", "hx-on")
KEY = re.compile(r"\b(?=[\w.-]*\d)[\w.-]{22,}")
"""A key made at random: a form's token, a record's, a save's."""

_fit: set[int] = set()


def faults(html: str, whole_page: bool = True) -> list[str]:
    """What is wrong with a page, or with a fragment that stands in place of a part of one, in plain words.

    A page that differs from one that was fit in its random keys alone, each always by the same other key, is not read.
    """
    keys: dict[str, str] = {}
    known = hash((KEY.sub(lambda key: keys.setdefault(key[0], f"~{len(keys)}"), html), whole_page))
    if known in _fit:
        return []
    found = _faults(html, whole_page)
    if not found:
        _fit.add(known)
    return found


def _faults(html: str, whole_page: bool) -> list[str]:
    root, errors = read(html, whole_page)
    found = [f"line {line}: {code}" for line, code in errors]
    found += _duplicate_ids(root) + list(_unlabelled(root)) + list(_scripted(root))
    if whole_page:
        found += list(_unknown_ids(root)) + list(_page_furniture(root))
    return found


@lru_cache(maxsize=32)
def read(html: str, whole_page: bool) -> tuple[Element, tuple[tuple[int, str], ...]]:
    """A page or fragment as elements, with the line and code of every error in its HTML; change nothing in them.

    What is linted is mostly looked at next, and reading costs more than making the page did: so it is read once.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html) if whole_page else parser.parseFragment(html)
    return root, tuple((at[0], code) for at, code, _ in parser.errors)


def _duplicate_ids(root: Element) -> list[str]:
    counts = Counter(element.get("id") for element in root.iter() if element.get("id") is not None)
    return [f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1]


def _unknown_ids(root: Element) -> Iterator[str]:
    ids = {element.get("id") for element in root.iter()}
    for element in root.iter():
        for attribute in REFERRING:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{element.tag} has {attribute}={name!r}, which is no id of the page"
        address = element.get("href") or ""
        if element.tag == "a" and len(address) > 1 and address.startswith("#") and address[1:] not in ids:
            yield f"a link leads to {address}, which is no id of the page"


def _unlabelled(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label") if _words(label)}
    inside = {control for label in root.iter("label") for control in label.iter() if control is not label}
    for control in (element for element in root.iter() if element.tag in CONTROLS):
        if control.get("type") in NEED_NO_LABEL or any(control.get(name) for name in NAMED):
            continue
        if control.get("id") not in labelled and control not in inside:
            yield f"{control.tag} {control.get('name')!r} has no label"
    for element in (*root.iter("button"), *root.iter("a")):
        if not _words(element) and not any(element.get(name) for name in NAMED):
            yield f"{element.tag} has no words"


def _scripted(root: Element) -> Iterator[str]:
    for element in root.iter():
        for attribute in FORBIDDEN:
            if element.get(attribute) is not None:
                yield f"{element.tag} has {attribute}, which the page's policy forbids"
        if element.tag == "script" and _words(element):
            yield "a script stands in the page, which its policy forbids"


def _page_furniture(root: Element) -> Iterator[str]:
    for tag, wanted in (("h1", 1), ("title", 1), ("main", 1)):
        elements = list(root.iter(tag))
        if len(elements) != wanted or not all(_words(element) for element in elements):
            yield f"the page has {len(elements)} {tag}, or one without words"
    html = next(root.iter("html"), root)
    if not html.get("lang"):
        yield "the page does not say its language"


def _words(element: Element) -> str:
    return "".join(element.itertext()).strip()
