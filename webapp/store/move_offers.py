"""Offers to move drafts to the version of a form in use: made to all who write it, and withdrawn again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, bindparam, func, insert, select

from webapp.access import ADMIN, Viewer
from webapp.clock import london_day
from webapp.store.access_log import log_act
from webapp.store.append_only import only_grows
from webapp.store.database import METADATA, Connection, UtcTime
from webapp.store.definitions import Edition, forms_in_use
from webapp.store.errors import NotYours, OtherInUse
from webapp.store.people import people

move_offers = Table(
    "move_offers",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("form", Text, nullable=False),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False),
    Column("act", Text, nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
)
Index("ix_move_offers_form", move_offers.c.authority_id, move_offers.c.form)
only_grows(move_offers)


@dataclass(frozen=True, slots=True)
class Offer:
    """That drafts may be moved to an edition, the one in use: who offers it (a name), since when."""

    to: Edition
    by: str
    at: datetime


_NEWEST_OF_EACH = (
    select(func.max(move_offers.c.id)).where(move_offers.c.authority_id == bindparam("authority")).group_by("form")
)
_STANDING = (
    select(move_offers.c.definition_id, people.c.name, move_offers.c.at)
    .join(people, people.c.id == move_offers.c.person_id)
    .where(move_offers.c.id.in_(_NEWEST_OF_EACH), move_offers.c.act == "offered")
)
_ADD = insert(move_offers)


def offers(connection: Connection, viewer: Viewer, day: date) -> Mapping[str, Offer]:
    """What stands offered in the viewer's authority on a day, by form; an offer ends once another version is in use."""
    rows = connection.execute(_STANDING, {"authority": viewer.authority}).all()
    if not rows:
        return {}
    in_use = {each.id: each for each in forms_in_use(connection, viewer, day)}
    found = (Offer(in_use[which], by, at) for which, by, at in rows if which in in_use)
    return {offer.to.form: offer for offer in found}


def offer_move(connection: Connection, viewer: Viewer, to: Edition, at: datetime) -> None:
    """Offer whoever writes an older draft to move it to the edition in use; offered already, nothing happens.

    Raises NotYours, OtherInUse.
    """
    _must_be_in_use(connection, viewer, to, london_day(at))
    if to.form not in offers(connection, viewer, london_day(at)):
        _mark(connection, viewer, to, "offered", "move_offered", at)


def withdraw_offer(connection: Connection, viewer: Viewer, to: Edition, at: datetime) -> None:
    """Offer it no longer; what was moved stays. Not offered, nothing happens. Raises NotYours, OtherInUse."""
    _must_be_in_use(connection, viewer, to, london_day(at))
    if to.form in offers(connection, viewer, london_day(at)):
        _mark(connection, viewer, to, "withdrawn", "offer_withdrawn", at)


def _must_be_in_use(connection: Connection, viewer: Viewer, to: Edition, day: date) -> None:
    if not ADMIN.allows(viewer):
        raise NotYours(who=ADMIN.words)
    in_use: Iterable[Edition] = forms_in_use(connection, viewer, day)
    if to not in in_use:
        raise OtherInUse


def _mark(connection: Connection, viewer: Viewer, to: Edition, act: str, logged: str, at: datetime) -> None:
    row = {"authority_id": viewer.authority, "form": to.form, "definition_id": to.id, "person_id": viewer.id}
    connection.execute(_ADD, {**row, "act": act, "at": at})
    log_act(connection, viewer, "form", [to.id], logged, at)
