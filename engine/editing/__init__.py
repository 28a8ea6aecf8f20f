"""Changing a form: operations on its JSON, what depends on what, what a condition may read, local changes kept."""

from engine.editing.applying import NotAnOperation, edited
from engine.editing.dependents import Dependent, dependents, dependents_of_option
from engine.editing.difference import NotAsOperations, operations_between
from engine.editing.differing import Differing
from engine.editing.earlier import Readable, earlier
from engine.editing.following import name_to_follow, values_to_follow, with_values
from engine.editing.form import Form, NoSuchPlace, form_of
from engine.editing.freeing import taken_out, with_option_replaced
from engine.editing.making import NothingToWorkWith, blank_options, blank_question, duplicate, retyped, types_to_choose
from engine.editing.mending import Mend, mended, mends
from engine.editing.naming import new_id, new_value
from engine.editing.rebasing import Decision, Judged, Rebase, rebased
from engine.editing.renaming import with_name
from engine.editing.wording import condition_in_words
from engine.versions.condition_words import Part, sentence

__all__ = [
    "Decision",
    "Dependent",
    "Differing",
    "Form",
    "Judged",
    "Mend",
    "NoSuchPlace",
    "NotAnOperation",
    "NotAsOperations",
    "NothingToWorkWith",
    "Part",
    "Readable",
    "Rebase",
    "blank_options",
    "blank_question",
    "condition_in_words",
    "dependents",
    "dependents_of_option",
    "duplicate",
    "earlier",
    "edited",
    "form_of",
    "mended",
    "mends",
    "name_to_follow",
    "new_id",
    "new_value",
    "operations_between",
    "rebased",
    "retyped",
    "sentence",
    "taken_out",
    "types_to_choose",
    "values_to_follow",
    "with_name",
    "with_option_replaced",
    "with_values",
]
