"""A WTForms form for the questions of one page, and the way back from what was posted to answers."""

from engine.forms.addresses import HELD, Address, address_of, field_name
from engine.forms.page import Entry, PageForm, Standing, page_form, standings
from engine.forms.posted import Posted, changes, read_posted

__all__ = [
    "HELD",
    "Address",
    "Entry",
    "PageForm",
    "Posted",
    "Standing",
    "address_of",
    "changes",
    "field_name",
    "page_form",
    "read_posted",
    "standings",
]
