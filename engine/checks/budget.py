"""What the form costs beyond its budget."""

from collections.abc import Iterator

from engine.burden import budget_broken, measure
from engine.checks._written import Written
from engine.checks.base import Found, warning
from engine.schema.definition import BUDGET

NEEDS_PROOFS = True
KINDS = {
    "over_budget": warning(
        "The form is over its budget: {found:,} where {limit:,} is the most ({what}).",
        "Take something out, ask it of fewer people, or raise the budget.",
    ),
}


def find(form: Written) -> Iterator[Found]:
    """Each limit of the form's own budget that it goes over."""
    if form.definition.budget:
        for over in budget_broken(form.definition, measure(form.definition, form.proofs)):
            words = BUDGET[over.key].rstrip(".")
            what = f"{words[:1].lower()}{words[1:]}"
            yield Found("over_budget", f"/budget/{over.key}", {"found": over.found, "limit": over.limit, "what": what})
