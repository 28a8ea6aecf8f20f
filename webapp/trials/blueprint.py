"""The blueprint that the pages about trials stand on."""

from flask import Blueprint

blueprint = Blueprint("trials", __name__)
