"""Where a version of a form comes from, in words: an authority's own need none."""

from webapp.editor.blueprint import blueprint
from webapp.library import shipped_hashes
from webapp.store.withdrawals import Published


@blueprint.app_template_filter()
def origin(version: Published) -> str:
    """The words behind "version 1": what a command published here need not come with Pith."""
    if version.own:
        return ""
    return "as it comes with Pith" if version.edition.content_hash in shipped_hashes() else "published here"
