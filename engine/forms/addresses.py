"""The names of a page's fields: where in the answers each one belongs."""

import re
from typing import Literal, NamedTuple

Use = Literal["answer", "not_known", "doing"]

HELD = "held"
"""The name of the hidden inputs that list the fields a page holds."""

_PREFIXES: dict[Use, str] = {"answer": "q", "not_known": "u", "doing": "d"}
_TOKEN = "[A-Za-z0-9_]{1,128}"
_ID = "[a-z][a-z0-9_]{0,62}"
_NAME = re.compile(rf"q-(?P<question>{_ID})(?:-c-(?P<child>{_TOKEN}))?(?:-r-(?P<row>{_TOKEN})-(?P<column>{_ID}))?")
_SENT = {"_u": "_", "_d": "-"}


class Address(NamedTuple):
    """Where an answer is kept: a question, the child's id, the row's own id (never its index) and the column."""

    question: str
    child: str | None = None
    row: str | None = None
    column: str | None = None

    @property
    def whole(self) -> "Address":
        """The address of the question that a cell belongs to."""
        return self._replace(row=None, column=None)


def field_name(address: Address, use: Use = "answer") -> str:
    """The name of a field, such as `q-people-r-r1-who`; it stands as an id and in a selector as it is."""
    name = f"{_PREFIXES[use]}-{address.question}"
    if address.child is not None:
        name += f"-c-{_sendable(address.child)}"
    if address.row is not None:
        name += f"-r-{_sendable(address.row)}-{address.column}"
    return name


def address_of(name: str) -> Address | None:
    """The address that `field_name` wrote as the name of an answer's field; None for any other text."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    address = Address(found["question"], _received(found["child"]), _received(found["row"]), found["column"])
    return address if field_name(address) == name else None


def _sendable(token: str) -> str:
    return token.replace("_", "_u").replace("-", "_d")


def _received(sent: str | None) -> str | None:
    return None if sent is None else re.sub("_[ud]", lambda found: _SENT[found[0]], sent)
