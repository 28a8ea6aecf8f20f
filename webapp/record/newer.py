"""Drafts on an older version of their form whose move to the one in use is offered."""

from collections.abc import Iterable, Mapping

from webapp import current
from webapp.store.assessments import Assessment
from webapp.store.database import Connection
from webapp.store.move_offers import offers
from webapp.words import version_words


def moves_offered(connection: Connection, drafts: Iterable[Assessment]) -> Mapping[str, str]:
    """The version in words that each of the drafts can be moved to, by the draft's key; nothing of any other."""
    found = list(drafts)
    offered = offers(connection, current.viewer(), current.today()) if found else {}
    to = {draft.key: offered[draft.edition.form].to for draft in found if draft.edition.form in offered}
    beside = {draft.key: draft.edition for draft in found}
    return {key: version_words(edition, beside[key]) for key, edition in to.items() if edition != beside[key]}
