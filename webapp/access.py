"""Who may do what: one policy, asked by every route and by every store function that returns records."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

Role = Literal["practitioner", "manager", "admin", "policy", "auditor"]
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who is looking, as their session knows them."""

    id: int
    key: str
    name: str
    job: str
    role: Role
    team: int
    team_name: str
    authority: int
    authority_name: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose children someone may open: those given to the person or the team, within one authority.

    `colleagues`: also those given to anybody else in the team. Without person and team: nobody's.
    """

    authority: int
    person: int | None
    team: int | None
    colleagues: bool


def reach(viewer: Viewer) -> Reach:
    """What a viewer may open: workers what is allocated to them or their team, managers what their team works on.

    Whoever looks after forms, people or the log reads nobody's record.
    """
    if viewer.role not in CASEWORK.roles:
        return Reach(viewer.authority, None, None, colleagues=False)
    return Reach(viewer.authority, viewer.id, viewer.team, colleagues=viewer.role == "manager")


def may_write(viewer: Viewer) -> bool:
    """Whether the viewer may begin, fill in and submit assessments about children within their reach."""
    return viewer.role == "practitioner"


def may_read_line(viewer: Viewer, writer: int) -> bool:
    """Whether the viewer may read the line to the manager that `writer` (a person's id) submitted.

    It goes with the form and is no part of the record, so whoever else may open the record does not see it.
    """
    return viewer.role == "manager" or viewer.id == writer


def may_look_after_people(viewer: Viewer) -> bool:
    """Whether the viewer may add, change and end the people of the authority."""
    return viewer.role == "admin"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may call a route: everybody (with the reason why), or signed-in people with one of the roles."""

    words: str
    roles: frozenset[Role] = frozenset()
    open: bool = False

    def allows(self, viewer: Viewer) -> bool:
        """Whether a signed-in viewer may call the route at all; which records they get is `reach`."""
        return self.open or viewer.role in self.roles


SIGNED_IN = Rule("people who are signed in", frozenset(get_args(Role)))
CASEWORK = Rule("social workers and their managers", frozenset({"practitioner", "manager"}))
PRACTITIONER = Rule("social workers", frozenset({"practitioner"}))
MANAGER = Rule("team managers", frozenset({"manager"}))
ADMIN = Rule("those who look after Pith in the authority", frozenset({"admin"}))
FORMS = Rule("those who look after forms or try them", frozenset({"admin", "policy"}))
COMPARING = Rule("managers, and those who look after forms or try them", frozenset({"manager", "admin", "policy"}))
AUDITOR = Rule("those who check who has looked", frozenset({"auditor"}))


def needs(rule: Rule) -> Callable[[View], View]:
    """Declare the rule of a route: stands under its `@route` line."""

    def declare(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]
        return view

    return declare


def open_to_all(why: str) -> Callable[[View], View]:
    """Declare that a route needs no sign-in, and why that is safe."""
    return needs(Rule(why, open=True))


def takes_up_to(number: int) -> Callable[[View], View]:
    """Declare that a route takes a request of so many bytes, where others take fewer: stands under `@needs`."""

    def declare(view: View) -> View:
        view.most_bytes = number  # type: ignore[attr-defined]
        return view

    return declare


def largest_of(view: Callable[..., Any], most: int) -> int:
    """The most bytes of a request that a route takes; `most` where it declared none."""
    return int(getattr(view, "most_bytes", most))


def rule_of(view: Callable[..., Any]) -> Rule | None:
    """The rule a route declared; None if it has none."""
    rule = getattr(view, "access_rule", None)
    return rule if isinstance(rule, Rule) else None
