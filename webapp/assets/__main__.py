"""The asset step by itself: `python -m webapp.assets`, as `dev.py` calls it."""

from webapp.assets.build import refresh

refresh()
