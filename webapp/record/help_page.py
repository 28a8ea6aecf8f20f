"""Help, at the same place on each page."""

from flask import render_template

from webapp.access import open_to_all
from webapp.record.blueprint import blueprint


@blueprint.get("/help", endpoint="help")
@open_to_all("help says nothing about anybody")
def help_page() -> str:
    """How the pages work, and what to do when something does not."""
    return render_template("record/help.html")
