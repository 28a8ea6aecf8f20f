"""All the pages about accounts, on one blueprint."""

from webapp.accounts import again, links, people, person, sign_in, yours
from webapp.accounts.blueprint import blueprint

__all__ = ["again", "blueprint", "links", "people", "person", "sign_in", "yours"]
