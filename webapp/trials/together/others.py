"""The other authorities of a planned trial, for the one that leads: asked, answered, taken off."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import FORMS, needs
from webapp.drawing.values import Link
from webapp.navigation import SEE_OTHER
from webapp.store.trial_parts import can_be_invited, invitations_of, invite, take_off
from webapp.store.trials import find_trial
from webapp.trials.blueprint import blueprint
from webapp.trials.others_words import answered
from webapp.trials.planning.typed import Wrong, listed, words_typed

DONE = {"asked": "It is asked, and finds the plan on its page of trials.", "off": "It is taken off."}


@blueprint.get("/trials/<key>/authorities")
@needs(FORMS)
def others(key: str) -> str | Response:
    """Who was asked and how far each is; a registered trial leads to its page."""
    return _page(key, {})


@blueprint.post("/trials/<key>/authorities")
@needs(FORMS)
def ask(key: str) -> Response | tuple[str, int]:
    """Ask an authority to take part."""
    authority = words_typed(request.form, "authority")
    if not authority:
        page = _page(key, {"authority": "Choose the authority that is asked"})
        return page if isinstance(page, Response) else (page, 400)
    with current.writing() as connection:
        invite(connection, current.viewer(), key, authority, current.now())
    return redirect(url_for("trials.others", key=key, done="asked"), SEE_OTHER)


@blueprint.post("/trials/<key>/authorities/off")
@needs(FORMS)
def off(key: str) -> Response:
    """Let an authority take no part after all."""
    with current.writing() as connection:
        take_off(connection, current.viewer(), key, words_typed(request.form, "part"), current.now())
    return redirect(url_for("trials.others", key=key, done="off"), SEE_OTHER)


def _page(key: str, wrong: Wrong) -> str | Response:
    viewer = current.viewer()
    with current.reading() as connection:
        trial = find_trial(connection, viewer, key)
        if trial.registration is not None:
            return redirect(url_for("trials.trial", key=key))
        found = [answered(each) for each in invitations_of(connection, viewer, trial)]
        offered = can_be_invited(connection, viewer, trial)
    options = [("", "Choose an authority"), *offered]
    box = listed("authority", "Which authority is asked?", options, "", wrong, _ASKED)
    return render_template(
        "trials/others.html",
        trial=trial,
        others=found,
        offered=bool(offered),
        box=box,
        problems=[Link("#authority", box.error)] if box.error else [],
        done=DONE.get(request.args.get("done", ""), ""),
    )


_ASKED = "Those that use this Pith. Whoever looks after forms or tries them there reads the whole plan"
