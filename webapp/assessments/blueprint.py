"""The blueprint that all pages of an assessment stand on."""

from flask import Blueprint

blueprint = Blueprint("assessments", __name__)
