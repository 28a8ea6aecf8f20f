"""What the arms of a trial would serve in another authority, and why it cannot take part where its form is another."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.code_lists import code_list_from_json
from engine.definition import Definition, definition_from_json, definition_to_json
from engine.errors import Refusal
from engine.versions import compare
from webapp.access import Viewer
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.definitions import Edition, edition
from webapp.store.publishing import next_version
from webapp.store.trial_variants import Variant
from webapp.store.withdrawals import published

LANGUAGE = "en"
NO_FORMS = "The plan does not say yet which two forms are compared."
NOT_BEGUN = "This form is not in use there."
OTHER_FORM = "Its form is neither the control nor the shipped version that the control comes from."
GONE = "A version that ships and is compared was taken out of use there."


@dataclass(frozen=True, slots=True)
class Fitting:
    """What an authority would serve in each arm; `unfit` says what keeps it from taking part, "" where nothing does.

    `differs` says in words how its own form differs from the control; `version` is its own form, None for none.
    """

    variants: tuple[Variant, ...] = ()
    unfit: str = ""
    differs: tuple[str, ...] = ()
    mine: Edition | None = None


def fitting(connection: Connection, viewer: Viewer, form: str, leading: Sequence[Variant], day: date) -> Fitting:
    """Whether both arms, as the authority that leads has them, say the same in the viewer's.

    They do where the viewer's authority begins the very version that is the control, or the shipped one that the
    control is a change of. The caller has let the viewer through.
    """
    control = next((each for each in leading if each.arm.control), None)
    if control is None or control.definition is None or len(leading) < 2:
        return Fitting(unfit=NO_FORMS)
    try:
        mine = edition(connection, viewer, form, day)
    except Refusal:
        return Fitting(unfit=NOT_BEGUN)
    if mine.content_hash != control.definition.content_hash and mine.id != control.base:
        here = definition_of(connection, mine, day)
        words = tuple(each.words for each in compare(control.definition, here, LANGUAGE))
        return Fitting(unfit=OTHER_FORM, differs=words, mine=mine)
    if not _all_in_use(connection, viewer, leading, day):
        return Fitting(unfit=GONE, mine=mine)
    return Fitting(tuple(_here(connection, viewer, form, leading, mine, day)), mine=mine)


def _all_in_use(connection: Connection, viewer: Viewer, leading: Sequence[Variant], day: date) -> bool:
    """Whether what ships and is an arm can be begun in the viewer's authority."""
    usable = {each.edition.id for each in published(connection, viewer, day) if each.withdrawn_at is None}
    shipped = [each.edition for each in leading if each.edition is not None and not each.edition.own]
    return all(each.id in usable for each in shipped)


def _here(
    connection: Connection, viewer: Viewer, form: str, leading: Sequence[Variant], mine: Edition, day: date
) -> list[Variant]:
    """The arms in the viewer's authority: what it has already, else a version of its own that says the same."""
    found, number = [], next_version(connection, viewer, form)
    for each in leading:
        if each.definition is None:
            found.append(each)
        elif each.definition.content_hash == mine.content_hash:
            found.append(replace(each, edition=mine))
        elif each.edition is not None and not each.edition.own:
            found.append(each)
        else:
            found.append(replace(each, edition=None, definition=_numbered(each, number, day)))
            number += 1
    return found


def _numbered(variant: Variant, number: int, day: date) -> Definition:
    """The same form under the number of the authority that serves it."""
    assert variant.definition is not None
    lists = {name: code_list_from_json(each) for name, each in (variant.code_lists or {}).items()}
    content = {**definition_to_json(variant.definition), "version": number}
    return definition_from_json(content, lists, day.isoformat())
