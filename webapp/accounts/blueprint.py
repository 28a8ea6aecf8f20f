"""The blueprint that all pages about accounts stand on."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
