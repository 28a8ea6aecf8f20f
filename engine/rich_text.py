"""The one place where Markdown or HTML written by an admin becomes HTML that is safe to show."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markupsafe import Markup

from engine.errors import BadInput

LONGEST = 20_000
"""Characters of one text: far more than guidance needs, and below where bleach grows slow (about 80,000)."""

TAGS = frozenset({"a", "blockquote", "br", "em", "li", "ol", "p", "strong", "ul"})
SCHEMES = ("http://", "https://", "mailto:")
RULES = (
    *("blockquote", "heading", "html_block", "list"),
    *("autolink", "emphasis", "entity", "escape", "html_inline", "link", "newline"),
)
_BLOCKS = frozenset({"blockquote", "br", "li", "ol", "p", "ul"})


class TooLong(BadInput):
    """This text is {found:,} characters long; guidance and introductions may have {limit:,}."""

    code = "too_long"


def _markdown() -> MarkdownIt:
    """What guidance needs of Markdown; a heading is a bold line, since no level would fit every page."""
    markdown = MarkdownIt("zero", {"html": True, "breaks": True}).enable(list(RULES))
    markdown.add_render_rule("heading_open", lambda *_: "<p><strong>")
    markdown.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    return markdown


_MARKDOWN = _markdown()


@lru_cache(maxsize=4096)
def safe_html(source: str) -> Markup:
    """The HTML of a text in Markdown, HTML or both: only `TAGS`, no attribute but links'; raises TooLong."""
    if len(source) > LONGEST:
        raise TooLong(found=len(source), limit=LONGEST)
    # A cleaner holds the state of its parser, so each text gets its own: pages are drawn by several threads.
    cleaner = Cleaner(
        tags=TAGS,
        attributes=_is_full_address,
        protocols=frozenset(scheme.partition(":")[0] for scheme in SCHEMES),
        strip=True,
        filters=[_MarkedLinks],  # type: ignore[list-item]
    )
    return Markup(cleaner.clean(_MARKDOWN.render(source)).strip())


def plain(source: str) -> str:
    """The words alone, blocks on lines of their own, for counting, messages and files; raises TooLong."""
    reader = _Words()
    reader.feed(safe_html(source))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_full_address(tag: str, name: str, value: str) -> bool:
    return tag == "a" and name == "href" and value.strip().lower().startswith(SCHEMES)


class _MarkedLinks:
    """Tells browsers to give the site behind a link neither this page's address nor a hold on it."""

    def __init__(self, source: Iterable[dict[str, Any]]) -> None:
        self.source = source

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in self.source:
            if token["type"] == "StartTag" and (None, "href") in token["data"]:
                token["data"][(None, "rel")] = "noopener noreferrer"
            yield token


class _Words(HTMLParser):
    """Gathers the words of HTML that `safe_html` wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append("\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.found.append("\n" if tag in _BLOCKS else "")

    def handle_data(self, data: str) -> None:
        self.found.append(data)
