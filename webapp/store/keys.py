"""Opaque ids for addresses, so that no integer key is ever shown."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode

LENGTH = 16


def new_key() -> str:
    """Sixteen characters that nobody can guess, the first a letter, so that it can name an HTML element too."""
    while True:
        key = secrets.token_urlsafe(12)
        if key[0].isalpha():
            return key


def key_made_from(*parts: str) -> str:
    """A key in the same form, the same for the same parts; as hard to guess as the parts are."""
    digest = hashlib.sha256(json.dumps(parts).encode()).digest()
    return f"k{urlsafe_b64encode(digest).decode()[: LENGTH - 1]}"
