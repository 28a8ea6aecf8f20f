"""Opaque ids for addresses, so that no integer key is ever shown."""

import secrets


def new_key() -> str:
    """Sixteen characters that nobody can guess, the first a letter, so that it can name an HTML element too."""
    while True:
        key = secrets.token_urlsafe(12)
        if key[0].isalpha():
            return key
