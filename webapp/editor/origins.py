"""Where a version of a form comes from, in words: an authority's own need none."""

from webapp.editor.blueprint import blueprint
from webapp.library import shipped_hashes
from webapp.store.definitions import Edition
from webapp.store.withdrawals import Published


@blueprint.app_template_filter()
def origin(version: Published) -> str:
    """The words behind "version 1": what a command published here need not come with Pith."""
    return "" if version.own else _origin(version.edition)


@blueprint.app_template_filter()
def edition_words(edition: Edition) -> str:
    """A version by whose it is: "your version 2", or "version 1 as it comes with Pith"."""
    number = f"version {edition.version}"
    return f"your {number}" if edition.own else f"{number} {_origin(edition)}"


def _origin(edition: Edition) -> str:
    return "as it comes with Pith" if edition.content_hash in shipped_hashes() else "published here"
