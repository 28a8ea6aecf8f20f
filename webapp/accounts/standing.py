"""How somebody stands with signing in, in words."""

from webapp import current
from webapp.dates import clock_time, day_in_words
from webapp.store.colleagues import Colleague


def state_of(colleague: Colleague) -> str:
    """Whether somebody signs in, and if not, what that waits for."""
    if colleague.ended_at is not None:
        return f"No longer works here since {day_in_words(colleague.ended_at)}"
    link = ""
    if colleague.link_until is not None:
        link = f"link valid until {day_in_words(colleague.link_until)}, {clock_time(colleague.link_until)}"
    if current.surroundings().settings.demo:
        return "Chosen by name on the sign-in page"
    if colleague.has_password:
        return f"Signs in. New password: {link}" if link else "Signs in"
    return f"Has not set a password yet: {link or 'needs a new link'}"
