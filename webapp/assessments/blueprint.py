"""The blueprint that all pages of an assessment stand on."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__)

SEE_OTHER = 303
"""The status of a redirect after a post: the browser fetches the next page."""
