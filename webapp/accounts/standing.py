"""How somebody stands with signing in, in words."""

from webapp import current
from webapp.dates import clock_time, day_in_words
from webapp.store.colleagues import Colleague


def state_of(colleague: Colleague) -> str:
    """Whether somebody signs in, and if not, what that waits for."""
    if colleague.ended_at is not None:
        return f"No longer works here since {day_in_words(colleague.ended_at)}"
    if current.surroundings().settings.demo:
        return "Can sign in, by choosing their name"
    link = _link_in_words(colleague)
    if colleague.has_password:
        return f"Can sign in. Has a link to set a new password, {link}" if link else "Can sign in"
    if link:
        return f"Cannot sign in yet. Has a link to set a password, {link}"
    return "Cannot sign in yet. Needs a link to set a password"


def _link_in_words(colleague: Colleague) -> str:
    until = colleague.link_until
    return "" if until is None else f"which works until {day_in_words(until)}, {clock_time(until)}"
