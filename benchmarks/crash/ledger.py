"""What writers sent and were told, held against what the database holds in the end."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import func, select

from webapp.store.access_log import access_log
from webapp.store.answers import answer_history, answers
from webapp.store.assessments import assessments
from webapp.store.database import open_database, reading

Row = Any
Place = tuple[str, str]


@dataclass
class Sent:
    """One answer in one save: where (assessment's key, question), under which key of the page, and the words.

    `revision` is what the reply said; 0 while none came. Answers sent together share their `key`.
    """

    place: Place
    key: str
    words: str
    revision: int = 0

    @property
    def stored_key(self) -> str:
        """The key of its row in the history."""
        return f"{self.key} q-{self.place[1]}"


def sealed(words: str) -> str:
    """A text that ends with the checksum of what stands before."""
    return f"{words}\n{hashlib.sha256(words.encode()).hexdigest()}"


def whole(words: str) -> bool:
    """Whether a sealed text is as it was sealed."""
    return sealed(words.rpartition("\n")[0]) == words


@dataclass(frozen=True, slots=True)
class Held:
    """What a database holds of some assessments: every row of the history in order, and the answers as they stand.

    `logged` is how often the access log says that they were opened.
    """

    history: Sequence[Row]
    current: Mapping[Place, Row]
    logged: int = 0


def held_by(database_url: str, keys: Iterable[str]) -> Held:
    """Read a database after everything is over."""
    database, named = open_database(database_url), list(keys)
    with reading(database) as connection:
        history, current = (
            connection.execute(
                select(assessments.c.key.label("assessment"), table)
                .join_from(table, assessments, assessments.c.id == table.c.assessment_id)
                .where(assessments.c.key.in_(named))
                .order_by(table.c.id)
            ).all()
            for table in (answer_history, answers)
        )
        of_these = (access_log.c.record == "assessment", access_log.c.act == "opened", assessments.c.key.in_(named))
        opened = select(func.count()).join_from(access_log, assessments, assessments.c.id == access_log.c.record_id)
        logged = connection.execute(opened.where(*of_these)).scalar_one()
    database.dispose()
    return Held(history, {(row.assessment, row.question): row for row in current}, logged)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended: how many answers were acknowledged, and how many were not but are there; then what went wrong.

    lost: acknowledged, and not in the history with these words and this revision.
    doubled: a row too many under one key. torn: words that are not whole. halved: a save of which only a part is there.
    strange: a row that nobody sent. broken: places whose revisions do not run 1, 2, 3 ... in the order they were saved.
    behind: places where the answer that stands is not the newest in the history.
    unlogged: pages that were shown to somebody and are not in the access log.
    """

    acknowledged: int
    only_stored: int
    faults: Mapping[str, int] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not any(self.faults.values())


def outcome(sent: Sequence[Sent], held: Held, opened: int = 0) -> Outcome:
    """Hold what was sent, and how often a page was opened, against what is there."""
    told = [each for each in sent if each.revision]
    untold = {each.stored_key for each in sent if not each.revision}
    rows = {row.save_key: row for row in held.history}
    found = Counter(row.save_key for row in held.history)
    faults = {
        "lost": sum(not _is(rows.get(each.stored_key), each) for each in told),
        "doubled": sum(number - 1 for number in found.values()),
        "torn": sum(not whole(row.value) for row in held.history),
        "halved": _halved(sent, found),
        "strange": len(found.keys() - {each.stored_key for each in sent}),
        **_out_of_step(held),
        "unlogged": max(0, opened - held.logged),
    }
    return Outcome(len(told), len(untold & found.keys()), faults)


def _is(row: Row, sent: Sent) -> bool:
    return row is not None and (row.value, row.revision) == (sent.words, sent.revision)


def _halved(sent: Sequence[Sent], found: Mapping[str, int]) -> int:
    together: dict[str, set[bool]] = {}
    for each in sent:
        together.setdefault(each.key, set()).add(each.stored_key in found)
    return sum(len(there) > 1 for there in together.values())


def _out_of_step(held: Held) -> dict[str, int]:
    """Revisions that leave a gap or come twice, and answers that are not the newest of their history."""

    def place(row: Row) -> Place:
        return row.assessment, row.question

    histories = {at: list(rows) for at, rows in groupby(sorted(held.history, key=place), key=place)}
    newest = {at: (rows[-1].value, rows[-1].revision, rows[-1].saved_at) for at, rows in histories.items()}
    standing = {at: (row.value, row.revision, row.saved_at) for at, row in held.current.items()}
    return {
        "broken": sum([row.revision for row in rows] != [*range(1, len(rows) + 1)] for rows in histories.values()),
        "behind": sum(newest.get(at) != standing.get(at) for at in newest.keys() | standing.keys()),
    }
