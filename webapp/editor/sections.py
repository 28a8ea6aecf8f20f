"""The sections of the forms in use and of those that ship, to find one and copy it into a draft."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.definition import Section
from engine.editing.copying import copied
from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Item
from webapp.editor.blueprint import blueprint
from webapp.editor.ground import ground_of
from webapp.editor.judging import judged
from webapp.editor.layout import laid_out
from webapp.editor.standing import based_of, based_on
from webapp.navigation import SEE_OTHER
from webapp.store.contents import code_lists_of, content_of, definition_of
from webapp.store.database import Connection
from webapp.store.draft_changes import add_code_lists, save_draft
from webapp.store.drafts import Standing, open_draft
from webapp.store.errors import DraftEnded, NoSuchRecord
from webapp.store.withdrawals import Published, published

Json = Any
AT_THE_END = ""
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Shelved:
    """A section to copy: where it stands, its title, and its questions in words."""

    published: Published
    form_title: str
    section: Section
    title: str
    questions: Sequence[str]

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all words stand in the section."""
        text = " ".join((self.form_title, self.title, *self.questions)).casefold()
        return all(word in text for word in words)


@blueprint.get("/forms/<form>/draft/sections")
@needs(ADMIN)
def sections(form: str) -> str:
    """Every section there is to copy, or those that hold what is sought."""
    return _page(form, ())


@blueprint.post("/forms/<form>/draft/sections")
@needs(ADMIN)
def copy_section(form: str) -> Response | str | tuple[str, int]:
    """Copy a section into the draft; what could not come with it is listed. Raises StaleDraft, DraftEnded."""
    viewer = current.viewer()
    with current.writing() as connection:
        standing = _standing(connection, form)
        ground = ground_of(connection, form)
        here = _readable(standing, judged(standing.content, ground).definition is not None)
        if here is None:
            return _page(form, (), 400), 400
        which, section = _chosen(connection)
        data = next(each for each in content_of(connection, which.edition)["sections"] if each["id"] == section.id)
        origin = {"form": which.edition.form, "version": which.edition.version, "section": section.id}
        made = copied(here, section, data, origin, request.form.get("after", AT_THE_END))
        lists = {k: v for k, v in code_lists_of(connection, which.edition).items() if k not in ground.code_lists}
        if lists:
            add_code_lists(connection, viewer, based_on(), lists)
        title = in_language(section.title, LANGUAGE)
        done = f"Copied the section “{title}” from {which.edition.form} version {which.edition.version}"
        save_draft(connection, viewer, based_on(), laid_out(made.form), done, current.now())
    if made.told:
        return _page(form, made.told, done=done)
    return redirect(url_for("editor.draft", form=form), SEE_OTHER)


def _standing(connection: Connection, form: str) -> Standing:
    found = open_draft(connection, current.viewer(), form)
    if found is None:
        ground_of(connection, form)
        raise DraftEnded
    return found


def _readable(standing: Standing, sound: bool) -> dict[str, Json] | None:
    """The draft's form, where it can be read throughout."""
    return dict(json.loads(standing.content)) if sound else None


def _shelf(connection: Connection) -> Iterator[Shelved]:
    """Sections of what is in use, then of what ships and is not in use."""
    today = current.today()
    found = published(connection, current.viewer(), today)
    shown = [each for each in found if each.in_use]
    shown += [each for each in found if not each.in_use and not each.own and each.withdrawn_at is None]
    for each in shown:
        definition = definition_of(connection, each.edition, today)
        title = in_language(definition.title, LANGUAGE)
        for section in definition.sections:
            labels = [in_language(question.label, LANGUAGE) for question in section.questions]
            yield Shelved(each, title, section, in_language(section.title, LANGUAGE), labels)


def _chosen(connection: Connection) -> tuple[Published, Section]:
    """The section that was chosen. Raises NoSuchRecord."""
    wanted = tuple(request.form.get(name, "") for name in ("form", "from", "section"))
    for each in _shelf(connection):
        if (each.published.edition.form, each.published.key, each.section.id) == wanted:
            return each.published, each.section
    raise NoSuchRecord


def _page(form: str, told: Sequence[str], status: int = 200, done: str = "") -> str:
    sought = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    with current.reading() as connection:
        standing = _standing(connection, form)
        ground = ground_of(connection, form)
        shelf = [each for each in _shelf(connection) if each.holds(sought.casefold().split())]
    definition = judged(standing.content, ground).definition
    mine = [] if definition is None else definition.given["sections"]
    return render_template(
        "editor/sections.html",
        ground=ground,
        based=based_of(standing),
        shelf=shelf,
        sought=sought,
        readable=definition is not None,
        after=_after(mine),
        origins=[each for each in mine if "origin" in each],
        told=told,
        done=done,
        refused=status != 200,
    )


def _after(mine: Sequence[Mapping[str, Json]]) -> Control:
    """Where the copy stands: at the end, or after a section of the draft."""
    items = [Item("after-end", AT_THE_END, "At the end", checked=True)] + [
        Item(f"after-{each['id']}", each["id"], f"After {in_language(each['title'], LANGUAGE)}") for each in mine
    ]
    return Control(id="after", name="after", label="Where?", items=items)
