"""The blueprint that the pages about children stand on."""

from flask import Blueprint

blueprint = Blueprint("record", __name__)

SEE_OTHER = 303
"""The status of a redirect after a post: the browser fetches the next page."""
