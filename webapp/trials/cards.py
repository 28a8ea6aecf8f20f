"""The trials of an authority, each as a card: what it asks and where it stands."""

from flask import render_template

from webapp.access import FORMS, needs
from webapp.trials.blueprint import blueprint


@blueprint.get("/trials")
@needs(FORMS)
def trials() -> str:
    """Every trial of the authority."""
    return render_template("trials/cards.html")
