"""The blueprint that all pages about accounts stand on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)

SEE_OTHER = 303
"""The status of a redirect after a post: the browser fetches the next page."""
