"""The form under trial that did better, so that it can become the draft of the authority's next version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select

from engine.versions import compare
from webapp.access import ADMIN, Viewer
from webapp.clock import london_day
from webapp.store.contents import code_lists_of, content_of, definition_of
from webapp.store.database import Connection
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.drafts import refuse_unless
from webapp.store.trial_results import Kept, kept
from webapp.store.trial_tables import trial_arms
from webapp.store.trials import Trial
from webapp.store.withdrawals import published

Json = Any
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Better:
    """What the arm under test served: its edition, its JSON, the shipped version it changes (an id), its code lists."""

    edition: Edition
    content: Mapping[str, Json]
    base: int | None
    code_lists: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class TakenUp:
    """The version in use that says what the better form says; `since` is the first day (London's) of one's own."""

    edition: Edition
    since: date


_UNDER_TEST = (
    select(*EDITION_COLUMNS, definitions.c.base_id)
    .join(trial_arms, trial_arms.c.definition_id == definitions.c.id)
    .where(trial_arms.c.trial_id == bindparam("trial"), trial_arms.c.control.is_(False))
)


def better_form(connection: Connection, viewer: Viewer, trial: Trial, at: datetime) -> Better | None:
    """The form under trial where the result at the end, once it was opened, says that it did better; None elsewhere.

    None too where a second main outcome did worse: whether that is better is for people to weigh. Raises NotYours to
    all but those who change forms, and Sealed as `kept`.
    """
    refuse_unless(ADMIN, viewer)
    result = kept(connection, viewer, trial, at)
    if result is None or result.early or not _did_better(result):
        return None
    *columns, base = connection.execute(_UNDER_TEST, {"trial": trial.id}).one()
    which = Edition(*columns)
    own = base if which.own else which.id
    return Better(which, content_of(connection, which), own, code_lists_of(connection, which))


def taken_up(connection: Connection, viewer: Viewer, trial: Trial, better: Better, at: datetime) -> TakenUp | None:
    """The version that the viewer's authority begins, where it has nothing but its number other than the better form.

    None where it says something else, or nothing is begun any more. The caller has let the viewer through.
    """
    day = london_day(at)
    versions = published(connection, viewer, day)
    found = next((each for each in versions if each.edition.form == trial.form and each.in_use), None)
    if found is None or code_lists_of(connection, found.edition) != better.code_lists:
        return None
    mine, tested = (definition_of(connection, each, day) for each in (found.edition, better.edition))
    if compare(mine, tested, LANGUAGE):
        return None
    return TakenUp(found.edition, found.begins_on or london_day(found.published_at))


def _did_better(result: Kept) -> bool:
    primary, *others = result.content["findings"]
    second = [each for each in others if each["role"] == "co_primary"]
    return _verdict(primary) == "better" and all(_verdict(each) != "worse" for each in second)


def _verdict(finding: Mapping[str, Json]) -> str:
    return str(finding["analysis"]["verdict"]) if finding["analysis"] else ""
