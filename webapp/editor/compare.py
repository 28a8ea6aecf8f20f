"""Two forms side by side: what each asks, costs and yields, for those who decide between them."""

from flask import render_template, request

from webapp import current
from webapp.access import COMPARING, needs
from webapp.editor.blueprint import blueprint
from webapp.editor.candidates import Candidate, candidates, chosen
from webapp.editor.costs import cost_of
from webapp.editor.on_record import ON_RECORD
from webapp.editor.side_by_side import Side, groups, statutory


@blueprint.get("/forms/compare")
@needs(COMPARING)
def compare() -> str:
    """The two forms that the address names, else the comparison form and a form in use."""
    with current.reading() as connection:
        among = candidates(connection)
        pair = chosen(among, request.args.get("first"), request.args.get("second"))
        definitions = [each.read() for each in pair or ()]
    same = pair is not None and pair[0] is pair[1]
    if pair is None or same:
        return render_template("editor/compare.html", among=among, pair=pair, same=same)
    costs = [cost_of(definition, current.today()) for definition in definitions]
    first, second = (
        Side(_name(each, pair), definition, cost.burden)
        for each, definition, cost in zip(pair, definitions, costs, strict=True)
    )
    return render_template(
        "editor/compare.html",
        among=among,
        pair=pair,
        same=False,
        heading=_heading(*pair),
        sides=(first, second),
        groups=groups(first, second),
        statutory=statutory(first.definition, second.definition),
        exact=all(cost.exact for cost in costs),
        on_record=ON_RECORD,
        today=current.today(),
    )


def _name(candidate: Candidate, pair: tuple[Candidate, Candidate]) -> str:
    """In quotation marks: the title, with the version where both forms have the same title."""
    return f"“{candidate.words if pair[0].title == pair[1].title else candidate.title}”"


def _heading(one: Candidate, two: Candidate) -> str:
    if one.title == two.title:
        return f"{one.title}: {one.version} beside {two.version}"
    return f"{one.title} beside {two.title}"
