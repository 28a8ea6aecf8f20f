"""Every version of a form with who published it, when and why, and the way back to an earlier one."""

from collections.abc import Mapping, Sequence

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.text import in_language
from webapp import current
from webapp.access import ADMIN, FORMS, needs
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Item, Link
from webapp.editor.blueprint import blueprint
from webapp.editor.ground import ground_of
from webapp.editor.origins import edition_words
from webapp.editor.reasons import LONGEST_REASON
from webapp.navigation import SEE_OTHER
from webapp.store.approvals import needs_two
from webapp.store.drafts import open_draft
from webapp.store.publishing import GoingBack, go_back, numbers_of_trials, under_way, versions_of, ways_back
from webapp.store.withdrawals import Published

NOTHING = ""
"""Stands for no version: where there is none to go back to, the form is no longer begun."""


@blueprint.get("/forms/<form>/versions")
@needs(FORMS)
def versions(form: str) -> str:
    """The versions of a form, the one in use first."""
    return _page(form, "", "")


@blueprint.post("/forms/<form>/versions/back")
@needs(ADMIN)
def back(form: str) -> Response | tuple[str, int]:
    """Take the version in use out of use, for a reason, so that an earlier one is begun again."""
    reason = request.form.get("reason", "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        wrong = f"A reason has at most {LONGEST_REASON:,} characters" if reason else "Say why it is taken out of use"
        return _page(form, reason, wrong), 400
    step = GoingBack(form, request.form.get("in_use", ""), request.form.get("to", NOTHING), reason)
    with current.writing() as connection:
        go_back(connection, current.viewer(), step, current.now())
    return redirect(url_for("editor.versions", form=form, back=1), SEE_OTHER)


def _page(form: str, reason: str, wrong: str) -> str:
    viewer = current.viewer()
    with current.reading() as connection:
        found = versions_of(connection, viewer, form, current.today())
        counts = under_way(connection, viewer, form, current.today())
        asks = needs_two(connection, viewer.authority)
        begun = open_draft(connection, viewer, form) is not None
        ground = ground_of(connection, form)
        of_trials = numbers_of_trials(connection, viewer, form)
    in_use = next((each for each in found if each.in_use), None)
    ways = ways_back(found)
    return render_template(
        "editor/versions.html",
        form=form,
        title=in_language(found[0].edition.title, LANGUAGE),
        versions=found,
        under_way=counts,
        of_trials=[str(number) for number in of_trials],
        stays=staying(found, counts),
        in_use=in_use,
        begun=begun,
        newer=ground.newer,
        base=ground.base,
        writes=ADMIN.allows(viewer),
        needs_two=asks,
        can_go_back=in_use is not None and in_use.own,
        choice=_choice(ways),
        reason=Control(id="reason", name="reason", label="Why?", hint=_HINT, error=wrong, value=reason, rows=3),
        problems=[Link("#reason", wrong)] if wrong else [],
        waiting=next((each for each in found if each.waits), None),
        published="published" in request.args,
        scheduled="scheduled" in request.args,
        taken_back="taken_back" in request.args,
        went_back="back" in request.args,
    )


_HINT = "In a sentence. Whoever asks why the version is gone reads this"


TRIED = "a version of a trial"
"""What one is called that is not listed, since only the teams of a trial began it."""


def staying(found: Sequence[Published], counts: Mapping[int, int]) -> str:
    """How many assessments under way are on another version than the one in use, in words; "" for none."""
    in_use = {each.edition.id for each in found if each.in_use}
    others = {version: count for version, count in counts.items() if version not in in_use}
    if not others:
        return ""
    number = sum(others.values())
    listed = {each.edition.id: edition_words(each.edition) for each in found}
    where = listed.get(next(iter(others)), TRIED) if len(others) == 1 else "other versions"
    stay = "assessment under way stays" if number == 1 else "assessments under way stay"
    return f"{number} {stay} on {where}"


def called(version: Published) -> str:
    """A version to choose: one’s own by its number, others with where they come from."""
    words = edition_words(version.edition)
    return f"{words[0].upper()}{words[1:]}"


def _choice(ways: Sequence[Published]) -> Control | None:
    """What to begin from then on, the nearest first and chosen; None where there is nothing to choose."""
    if not ways:
        return None
    chosen = request.form.get("to", ways[0].key)
    items = [Item(f"to-{each.key}", each.key, called(each), checked=each.key == chosen) for each in ways]
    return Control(id="to", name="to", label="What is begun from then on?", items=items)
