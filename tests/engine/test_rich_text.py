"""Guidance written by an admin is shown safely, whatever was written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.rich_text import LONGEST, SCHEMES, TAGS, TooLong, plain, safe_html

ATTACKS: dict[str, list[str]] = json.loads(
    (Path(__file__).parent / "rich_text_attacks.json").read_text(encoding="utf-8")
)
SOURCES = [source for sources in ATTACKS.values() for source in sources]
PIECES = [
    *("<", ">", "</", "/>", '"', "'", "=", " ", "\n", "&", "#", ";", ":", "<!--", "-->", "<![CDATA[", "]]>", "`"),
    *("script", "style", "svg", "math", "mtext", "template", "noscript", "textarea", "table", "iframe", "img"),
    *("p", "a", "li", "strong", "onclick", "href", "src", "javascript", "https://example.org", "data:", "\u0000"),
    *("[", "](", ")", "*", "- ", "> ", "lt", "x6a"),
]


def elements(html: str) -> list[Any]:
    """Every element a browser would make of a fragment."""
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return list(fragment.iter())[1:]


def unsafe(html: str) -> list[str]:
    """What the page must not hold: other tags, other attributes, other addresses, comments."""
    found = []
    for element in elements(html):
        if element.tag not in TAGS:
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            link = element.tag == "a" and name == "href" and value.lower().startswith(SCHEMES)
            if not link and (name, value) != ("rel", "noopener noreferrer"):
                found.append(f"{element.tag} {name}={value}")
    return found


def test_every_attack_becomes_the_html_that_was_agreed(golden: Callable[[str, str], None]) -> None:
    """A change of what an attack turns into is seen and read by a person."""
    shown = {family: {source: str(safe_html(source)) for source in group} for family, group in ATTACKS.items()}
    golden("rich_text.json", json.dumps(shown, indent=2, ensure_ascii=True) + "\n")


@pytest.mark.parametrize("source", SOURCES)
def test_no_attack_leaves_anything_but_allowed_tags(source: str) -> None:
    """Read as a browser reads it, the result has only allowed tags, links and addresses."""
    assert unsafe(safe_html(source)) == []


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=200))
def test_whatever_is_written_only_allowed_tags_are_shown(source: str) -> None:
    """No mixture of pieces of tags, attributes and Markdown gets another tag or attribute through."""
    assert unsafe(safe_html(source)) == []


@given(st.lists(st.sampled_from(SOURCES), min_size=2, max_size=4).map("".join))
def test_attacks_put_together_are_no_stronger(source: str) -> None:
    """One attack cannot open the door for the next."""
    assert unsafe(safe_html(source)) == []


def test_links_tell_the_other_site_nothing() -> None:
    """A link carries rel, and only full addresses stay links."""
    shown = safe_html("[yes](https://example.org) and <a href='/inside'>no</a>")
    assert shown == '<p><a href="https://example.org" rel="noopener noreferrer">yes</a> and <a>no</a></p>'


def test_a_text_that_is_too_long_is_refused_before_it_is_read() -> None:
    """The refusal names the limit; the longest text allowed is shown."""
    with pytest.raises(TooLong, match=r"20,001 characters long; guidance and introductions may have 20,000"):
        safe_html("x" * (LONGEST + 1))
    assert len(safe_html("x" * LONGEST)) == LONGEST + len("<p></p>")


def test_plain_gives_the_words_alone() -> None:
    """Markup goes, entities are letters again, blocks stand on lines of their own."""
    assert (
        plain("# See\n*two* & <em>three</em>\n\n- four\n- [five](https://example.org)")
        == "See\ntwo & three\nfour\nfive"
    )


@given(st.text(alphabet="abc é&<>\n", max_size=60))
def test_plain_text_read_again_has_no_markup_to_lose(source: str) -> None:
    """Every line that plain gives is trimmed and not empty."""
    lines = plain(source).split("\n")
    assert lines == [""] or all(line and line == line.strip() for line in lines)
