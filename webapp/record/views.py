"""All the pages about children, on one blueprint."""

from webapp.record import allocation, child, help_page, home, new_contact, particulars
from webapp.record.blueprint import blueprint

__all__ = ["allocation", "blueprint", "child", "help_page", "home", "new_contact", "particulars"]
