"""What a change that is not saved yet comes to: what the check says of it, what it costs, how a worker sees it."""

from flask import render_template, request
from werkzeug.wrappers import Response

from webapp import current
from webapp.access import ADMIN, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.changes import desk_of, posted_change
from webapp.editor.costs import cost_of
from webapp.editor.figures import difference, figures
from webapp.editor.judging import judged
from webapp.editor.layout import laid_out
from webapp.editor.panel.subjects import subject_of
from webapp.editor.piecewise import place_of
from webapp.editor.seen_beside import seen_beside
from webapp.editor.sketch import sketch_of
from webapp.editor.standing import based_of, based_on
from webapp.htmx import fragment


@blueprint.post("/forms/<form>/draft/look")
@needs(ADMIN)
def look(form: str) -> Response:
    """The pieces of the page that tell of a change, as it stands in the panel; nothing is kept."""
    desk = desk_of(form, request.form.get("part", ""))
    if desk is None:
        return fragment("")
    changed = posted_change(desk, request.form)
    text = laid_out(changed.form)
    judgement, sketch = judged(text, desk.ground), sketch_of(text, desk.ground)
    subject = subject_of(sketch.form, desk.subject.name) if sketch else None
    before = cost_of(desk.ground.before, current.today())
    html = render_template(
        "editor/_looked.html",
        ground=desk.ground,
        wrong=changed.wrong,
        told=sketch.told.get(desk.subject.name, ()) if sketch else (),
        judgement=judgement,
        figures=figures(before, judgement),
        difference=difference(before, judgement),
        at_here=place_of(desk.subject),
        seen=seen_beside(form, judgement, subject, request.form.get("fill", "")) if subject else None,
        newer=None if based_on() == based_of(desk.standing) else desk.standing.newest,
    )
    return fragment(html)
