"""GOV.UK Frontend's stylesheet, less what only GOV.UK may show and what no page here uses."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

UNUSED_COMPONENTS = (
    "accordion",
    "cookie-banner",
    "exit-this-page",
    "password-input",
    "phase-banner",
    "service-navigation",
    "tabs",
)
"""Their classes have no rules in our stylesheet; take a name off this list to use that component."""

CROWN = ("header", "footer__crown", "footer__copyright-logo", "footer__licence-logo", "logo-dot")
NEEDS_ITS_SCRIPTS = ("frontend-supported",)
FONT = "GDS Transport"
NOTICE = "/* From GOV.UK Frontend {version}, MIT licence, Crown copyright (Government Digital Service). */\n"

_DROPPED = re.compile(rf"\.govuk-(?:{'|'.join((*UNUSED_COMPONENTS, *CROWN, *NEEDS_ITS_SCRIPTS))})")
_LEFT_OUT = frozenset({"charset", "font-face"})
_GROUPS = frozenset({"media", "supports", "-moz-document"})
_TIDY = {"skip_comments": True, "skip_whitespace": True}


def trimmed(stylesheet: str, version: str) -> str:
    """The stylesheet without font faces, the font's name, crown, crest and unused components; its
    encoding is left to the Content-Type.

    `version` is GOV.UK Frontend's, for the notice at the top that its licence asks for.
    """
    rules = tinycss2.parse_stylesheet(stylesheet, **_TIDY)
    kept = "".join(rule.serialize() for rule in _kept(rules))
    return NOTICE.format(version=version) + kept.replace(f"{FONT},", "")


def _kept(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule":
            rule.prelude = _wanted(rule.prelude)
            if rule.prelude:
                yield rule
        elif rule.lower_at_keyword in _GROUPS:
            rule.content = list(_kept(tinycss2.parse_rule_list(rule.content, **_TIDY)))
            if rule.content:
                yield rule
        elif rule.lower_at_keyword not in _LEFT_OUT:
            yield rule


def _wanted(prelude: list[Any]) -> list[Any]:
    """The selectors of a rule that are not dropped, as tokens with their commas between them."""
    wanted: list[Any] = []
    for selector in _split(prelude):
        if not _DROPPED.search(tinycss2.serialize(selector)):
            wanted += [*([_COMMA] if wanted else []), *selector]
    return wanted


def _split(prelude: list[Any]) -> Iterator[list[Any]]:
    selector: list[Any] = []
    for token in prelude:
        if token == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


_COMMA = tinycss2.parse_component_value_list(",")[0]
