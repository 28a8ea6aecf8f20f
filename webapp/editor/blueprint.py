"""The blueprint that the pages about forms stand on."""

from flask import Blueprint

blueprint = Blueprint("editor", __name__)
