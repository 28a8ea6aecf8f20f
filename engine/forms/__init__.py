"""A WTForms form for the questions of one page, and the way back from what was posted to answers."""

from engine.forms.addresses import HELD, Address, address_of, field_name
from engine.forms.page import Entry, PageForm, Standing, page_form, standings
from engine.forms.posted import MOST_NEW_ROWS, Posted, TooManyNewRows, changes, read_posted

__all__ = [
    "HELD",
    "MOST_NEW_ROWS",
    "Address",
    "Entry",
    "PageForm",
    "Posted",
    "Standing",
    "TooManyNewRows",
    "address_of",
    "changes",
    "field_name",
    "page_form",
    "read_posted",
    "standings",
]
