"""The blueprint that the pages about children stand on."""

from flask import Blueprint

blueprint = Blueprint("record", __name__)
