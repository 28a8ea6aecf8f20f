"""What is told of a person, as it was typed: the controls that ask for it, and what is wrong with it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import cast, get_args

from flask import request

from webapp import current
from webapp.access import Role
from webapp.drawing.values import Control, Item, Link
from webapp.store.accounts import holder_of
from webapp.store.authorities import team_named, teams_of
from webapp.store.colleagues import Colleague
from webapp.store.database import Connection

Teams = Sequence[tuple[int, str]]

ROLES: Mapping[Role, tuple[str, str]] = {
    "practitioner": ("Writes about children", "Those given to them or to their team."),
    "manager": ("Manages a team", "Reads what the team writes, and says who works with which child."),
    "admin": ("Looks after people and forms", "Adds people and makes their links. Opens no child’s record."),
    "policy": ("Tries out forms", "Opens no child’s record."),
    "auditor": ("Checks who has looked", "Reads who opened which record. Opens no child’s record."),
}
"""What somebody of each role does, in words, and what it means."""

LONGEST: Mapping[str, int] = {"name": 100, "job": 100, "new_team": 100, "email": 254, "phone": 40}
"""Characters that each text may have."""

TAKEN = "This e-mail address is somebody’s already: each person needs their own"

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form about a person holds; `team` is an id as text, `new_team` the name of one that is not there yet."""

    name: str = ""
    job: str = ""
    role: str = ""
    team: str = ""
    new_team: str = ""
    email: str = ""
    phone: str = ""

    @property
    def chosen_role(self) -> Role:
        """The role, of a form without problems."""
        return cast("Role", self.role)


def typed_in_form() -> Typed:
    """What was posted, each on one line and without spaces around it."""
    return Typed(**{each.name: on_one_line(request.form.get(each.name, "")) for each in fields(Typed)})


def _typed_of(colleague: Colleague, teams: Teams) -> Typed:
    """Somebody's particulars as they would be typed."""
    team = next((str(number) for number, name in teams if name == colleague.team), "")
    return Typed(colleague.name, colleague.job, colleague.role, team, "", colleague.email, colleague.phone)


@dataclass(frozen=True, slots=True)
class Form:
    """A form about a person: what it holds, the teams to choose from, and what is wrong with it, by the box's name."""

    typed: Typed
    teams: Teams
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def controls(self) -> Mapping[str, Control]:
        """What asks for it, filled in, each with what is wrong with it."""
        return controls(self.typed, self.teams, self.problems)

    @property
    def links(self) -> Sequence[Link]:
        """The lines of the error summary, in the order of the form."""
        return [Link(f"#{each.name}", self.problems[each.name]) for each in fields(Typed) if each.name in self.problems]

    def with_problem(self, name: str, words: str) -> "Form":
        """The same with something else wrong."""
        return replace(self, problems={**self.problems, name: words})


def empty_form(connection: Connection) -> Form:
    """A form about somebody new."""
    return Form(Typed(), _teams(connection))


def form_about(connection: Connection, colleague: Colleague) -> Form:
    """A form filled in with what is known of somebody."""
    teams = _teams(connection)
    return Form(_typed_of(colleague, teams), teams)


def posted_form(connection: Connection, who: Colleague | None = None) -> Form:
    """The form that was posted about `who`, or about somebody new; hold the authorities before."""
    typed, teams = typed_in_form(), _teams(connection)
    return Form(typed, teams, problems_with(connection, typed, teams, who))


def changed_in(before: Form, after: Form) -> Iterator[str]:
    """What a form without problems says otherwise than another did: the names of its boxes."""
    for name in ("name", "job", "role", "email", "phone"):
        if getattr(before.typed, name) != getattr(after.typed, name):
            yield name
    if after.typed.new_team or before.typed.team != after.typed.team:
        yield "team"


def _teams(connection: Connection) -> Teams:
    return teams_of(connection, current.viewer().authority)


def problems_in(typed: Typed, teams: Teams) -> dict[str, str]:
    """What is wrong, by the name of the box."""
    found: dict[str, str] = {}
    if not typed.name:
        found["name"] = "Enter a name"
    if not typed.job:
        found["job"] = "Enter what they do, such as social worker"
    if typed.role not in get_args(Role):
        found["role"] = "Choose what they do in Pith"
    if not typed.new_team and typed.team not in {str(number) for number, _ in teams}:
        found["team"] = "Choose a team, or enter a new one"
    if not _EMAIL.fullmatch(typed.email):
        found["email"] = (
            "Enter an e-mail address, such as name@example.org" if typed.email else "Enter an e-mail address"
        )
    for name, value in asdict(typed).items():
        if len(value) > LONGEST.get(name, 100):
            found[name] = f"This has {len(value)} characters; {LONGEST.get(name, 100)} is the most"
    return found


def problems_with(connection: Connection, typed: Typed, teams: Teams, who: Colleague | None = None) -> dict[str, str]:
    """The same, and whether the e-mail address is somebody else's than `who`'s."""
    problems = problems_in(typed, teams)
    holder = holder_of(connection, typed.email)
    if holder is not None and (who is None or holder != who.id):
        problems["email"] = TAKEN
    return problems


def team_of(connection: Connection, typed: Typed) -> int:
    """The id of the team in a form without problems; a new one is made."""
    return team_named(connection, current.viewer().authority, typed.new_team) if typed.new_team else int(typed.team)


def controls(typed: Typed, teams: Teams, problems: Mapping[str, str]) -> Mapping[str, Control]:
    """The controls that ask for it, filled in, each with what is wrong with it."""

    def box(name: str, label: str, **more: object) -> Control:
        value = getattr(typed, name)
        return Control(name, name, label, value=value, error=problems.get(name, ""), **more)  # type: ignore[arg-type]

    roles = [
        Item("role" if number == 0 else f"role-{number + 1}", role, words, hint, role == typed.role)
        for number, (role, (words, hint)) in enumerate(ROLES.items())
    ]
    known = [Item("", str(number), name, checked=str(number) == typed.team) for number, name in teams]
    return {
        "name": box("name", "Name", autocomplete="off"),
        "job": box("job", "Job", hint="As colleagues know it, such as social worker."),
        "role": Control("role", "role", "What they do in Pith", error=problems.get("role", ""), items=roles),
        "team": Control(
            "team", "team", "Team", error=problems.get("team", ""), items=[Item("", "", "Choose one"), *known]
        ),
        "new_team": box(
            "new_team", "Or a new team", hint="Only for a team that is not in the list.", autocomplete="off"
        ),
        "email": box(
            "email", "E-mail address", hint="They sign in with it.", kind="email", spellcheck=False, autocomplete="off"
        ),
        "phone": box("phone", "Phone (optional)", kind="tel", classes="govuk-input--width-20", autocomplete="off"),
    }


def on_one_line(text: str) -> str:
    """A text without line breaks, other control characters, and spaces that are not needed."""
    return " ".join(_CONTROL.sub(" ", text).split())
