"""What the stories are told on: the connection, the day, who is who, and the children whose records were made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from webapp.access import Viewer
from webapp.demo.people import NORTHSHIRE
from webapp.demo.relative_dates import moment
from webapp.store.children import Child, find_child, find_children
from webapp.store.database import Connection
from webapp.store.people import everyone


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything a deed needs; `children` are keys by story and the story's own id."""

    connection: Connection
    today: date
    people: Mapping[str, Viewer]
    children: dict[tuple[str, str], str] = field(default_factory=dict)

    def moment(self, written: str) -> datetime:
        """A relative moment."""
        return moment(written, self.today)

    def child(self, viewer: Viewer, story: str, name: str) -> Child:
        """A child of a story, who is within the viewer's reach; raises NoSuchRecord."""
        return find_child(self.connection, viewer, self.children[story, name])

    def children_of(self, viewer: Viewer, story: str, names: Sequence[str]) -> tuple[Child, ...]:
        """Several of them, eldest first; raises NoSuchRecord."""
        return find_children(self.connection, viewer, [self.children[story, name] for name in names])


def stage(connection: Connection, today: date) -> Stage:
    """The stage with everybody of the stories' authority on it."""
    people = {person.name: person for person in everyone(connection) if person.authority_name == NORTHSHIRE.name}
    return Stage(connection, today, people)
