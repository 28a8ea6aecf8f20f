"""What the arms of a plan serve: versions that are published, and variants that an overlay makes, checked."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from engine import overlays
from engine.code_lists import CodeList, code_list_from_json
from engine.definition import Definition, definition_from_json
from engine.proofs import Effort
from engine.trials.plan import Arm, Plan
from webapp.access import Viewer
from webapp.library import lists_named_in
from webapp.store.bases import base_of
from webapp.store.contents import code_lists_of, content_of, definition_of
from webapp.store.database import Connection
from webapp.store.definitions import Edition
from webapp.store.publishing import next_version
from webapp.store.withdrawals import Published, published

Json = Any

LIBRARY = "library"
"""How an overlay names the owner of what ships."""
OTHER = "Choose another version."
NAME_BASE = "Name in “base” the owner, the form and the version that it changes."


@dataclass(frozen=True, slots=True)
class Variant:
    """What one arm serves. `edition` is a version that is published, None for a variant that would be.

    `definition` is None where it could not be made, and `faults` say why. `code_lists` are those it names; `base` is
    the version that ships (its id) that it comes from, None for a form of the authority's own.
    """

    arm: Arm
    edition: Edition | None = None
    definition: Definition | None = None
    code_lists: Mapping[str, Json] | None = None
    base: int | None = None
    faults: tuple[tuple[str, str], ...] = ()


def variants_of(connection: Connection, viewer: Viewer, plan: Plan, day: date) -> tuple[Variant, ...]:
    """What each arm of a plan that names something serves, in their order, as it is on a day.

    A variant has the number that the authority's next version has. The caller has let the viewer through.
    """
    versions = [each for each in published(connection, viewer, day) if each.edition.form == plan.form]
    found, number = [], next_version(connection, viewer, plan.form)
    for arm in plan.arms:
        if isinstance(arm.definition, str):
            found += [_chosen(connection, arm, versions, day)] if arm.definition else []
        else:
            found.append(_made(connection, arm, versions, number, day))
            number += 1
    return tuple(found)


def _chosen(connection: Connection, arm: Arm, versions: list[Published], day: date) -> Variant:
    """A version that is published, which must be one that can be begun."""
    found = next((each for each in versions if each.key == arm.definition), None)
    if found is None:
        return Variant(arm, faults=(("There is no such version of this form here.", OTHER),))
    if found.withdrawn_at is not None:
        return Variant(arm, faults=((f"This version was taken out of use: {found.reason}", OTHER),))
    if found.waits:
        return Variant(arm, faults=(("This version only comes into use on a later day.", OTHER),))
    definition, lists = definition_of(connection, found.edition, day), code_lists_of(connection, found.edition)
    return Variant(arm, found.edition, definition, lists, base_of(found))


def _made(connection: Connection, arm: Arm, versions: list[Published], number: int, day: date) -> Variant:
    """What an overlay makes of a version, checked like any definition."""
    overlay = dict(arm.definition) if isinstance(arm.definition, Mapping) else {}
    base = _base(overlay, versions)
    if base is None:
        return Variant(arm, faults=(("The overlay changes a version of this form that is not there.", NAME_BASE),))
    content, lists = content_of(connection, base.edition), code_lists_of(connection, base.edition)
    renamed = {**overlay, "form": base.edition.form, "version": number}
    hashes = (base.edition.content_hash, json.dumps(renamed))
    definition, faults = _applied(_Applying(*hashes, day, content, renamed, lists))
    if definition is None:
        return Variant(arm, faults=faults)
    named = {name: lists[name] for name in sorted(lists_named_in(definition.given))}
    return Variant(arm, None, definition, named, base_of(base))


@dataclass(frozen=True, slots=True)
class _Applying:
    """An overlay put on a base on a day, told from others by the base's hash and the overlay's text."""

    base_hash: str
    text: str
    day: date
    content: Json = field(compare=False)
    overlay: Mapping[str, Json] = field(compare=False)
    code_lists: Mapping[str, Json] = field(compare=False)


@lru_cache(maxsize=32)
def _applied(asked: _Applying) -> tuple[Definition | None, tuple[tuple[str, str], ...]]:
    """What an overlay makes, or what is wrong with it: proved once in a process, since every step of a plan asks."""
    read = {name: code_list_from_json(each) for name, each in asked.code_lists.items()}
    faults = tuple(_faults(asked.content, asked.overlay, read, asked.day))
    if faults:
        return None, faults
    made, _ = overlays.apply(asked.content, asked.overlay)
    return definition_from_json(made, read, asked.day.isoformat()), ()


def _base(overlay: Mapping[str, Json], versions: list[Published]) -> Published | None:
    named = overlay.get("base")
    if not isinstance(named, Mapping):
        return None
    return next(
        (
            each
            for each in versions
            if (each.edition.version, each.edition.form) == (named.get("version"), named.get("form"))
            and each.own == (named.get("owner") != LIBRARY)
        ),
        None,
    )


def _faults(content: Json, overlay: Json, lists: Mapping[str, CodeList], day: date) -> Iterator[tuple[str, str]]:
    """Everything wrong with an overlay and with the form it makes, but what is only worth a thought."""
    effort = Effort()
    found = overlays.check(content, overlay, lists, day.isoformat(), effort)
    yield from ((each.message, each.mend) for each in found if each.severity == "error")
    if effort.spent:
        yield "It could not be proved that every protected question is still asked.", "Make its conditions simpler."
