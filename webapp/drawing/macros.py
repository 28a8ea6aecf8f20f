"""The macros that draw controls, found once for each application."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import current_app
from jinja2 import Environment
from markupsafe import Markup

COMPONENTS = "_govuk.html"
GROUPED = "_options.html"
OWN = "questions"
TEMPLATES = Path(__file__).resolve().parents[1] / "templates"

Macro = Callable[..., Markup]


def has_own_template(question_type: str) -> bool:
    """Whether a question type has a template of its own, because the shared macros cannot draw it."""
    return question_type in _OWN


_OWN = frozenset(path.stem for path in (TEMPLATES / OWN).glob("*.html"))


def draw(macro: str, *values: Any) -> Markup:
    """Call a macro of the shared components by its name."""
    return _macro(COMPONENTS, macro)(*values)


def draw_grouped(macro: str, *values: Any) -> Markup:
    """Call a macro of those that draw options under headings by its name."""
    return _macro(GROUPED, macro)(*values)


def draw_own(question_type: str, *values: Any) -> Markup:
    """Call the `control` macro of a question type's own template."""
    return _macro(f"{OWN}/{question_type}.html", "control")(*values)


def macro(template: str, name: str) -> Macro:
    """A macro of a template, for drawing it many times without including the template each time."""
    return _macro(template, name)


def _macro(template: str, name: str) -> Macro:
    environment: Environment = current_app.jinja_env
    found: Macro = getattr(environment.get_template(template).module, name)
    return found
