"""What editions hold, read once in a process: the form ready to be evaluated, its JSON, the code lists it names."""

from collections import OrderedDict
from collections.abc import Hashable
from datetime import date
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import bindparam, select

from engine.code_lists import code_list_from_json
from engine.definition import Definition, definition_from_json
from webapp.store.database import Connection
from webapp.store.definitions import Edition, definitions

Json = Any
Kept = TypeVar("Kept")

_CODE_LISTS = select(definitions.c.code_lists).where(definitions.c.id == bindparam("id"))
_CONTENT = select(definitions.c.content, definitions.c.code_lists).where(definitions.c.id == bindparam("id"))


class _UsedLast(Generic[Kept]):
    """So many values by their keys, those used last: what an edition holds never changes, so none goes stale."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.held: OrderedDict[Hashable, Kept] = OrderedDict()
        self.lock = Lock()

    def get(self, key: Hashable) -> Kept | None:
        with self.lock:
            if key not in self.held:
                return None
            self.held.move_to_end(key)
            return self.held[key]

    def keep(self, key: Hashable, value: Kept) -> Kept:
        with self.lock:
            self.held[key] = value
            while len(self.held) > self.room:
                self.held.popitem(last=False)
        return value


_compiled: _UsedLast[Definition] = _UsedLast(room=64)
_contents: _UsedLast[Json] = _UsedLast(room=32)


def definition_of(connection: Connection, which: Edition, day: date) -> Definition:
    """The definition ready to be evaluated, with the codes that are valid on a day; read once in a process."""
    # A form without code lists is the same every day, and is held without one.
    of_any_day, of_day = (which.content_hash, None), (which.content_hash, day.isoformat())
    found = _compiled.get(of_any_day) or _compiled.get(of_day)
    if found is not None:
        return found
    content, lists = connection.execute(_CONTENT, {"id": which.id}).one()
    read = {name: code_list_from_json(each) for name, each in lists.items()}
    made = definition_from_json(content, read, day.isoformat() if lists else None)
    return _compiled.keep(of_day if lists else of_any_day, made)


def code_lists_of(connection: Connection, which: Edition) -> dict[str, Json]:
    """The code lists an edition names, as their files held them when it was published."""
    lists: dict[str, Json] = connection.execute(_CODE_LISTS, {"id": which.id}).scalar_one()
    return lists


def content_of(connection: Connection, which: Edition) -> Json:
    """The JSON of an edition, in the order in which it was written; nobody may change what is given."""
    key = (str(connection.engine.url), which.id, which.content_hash)
    found = _contents.get(key)
    return found if found is not None else _contents.keep(key, connection.execute(_CONTENT, {"id": which.id}).one()[0])
