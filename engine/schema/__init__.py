"""The JSON Schemas of Pith: of a definition, and of the answers a form takes."""

from engine.schema.answers import answer_schema
from engine.schema.definition import definition_schema

__all__ = ["answer_schema", "definition_schema"]
