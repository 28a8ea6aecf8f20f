"""Where a trial stands, in words."""

from datetime import date

from webapp.dates import day_in_words
from webapp.store.trials import Trial


def standing_words(trial: Trial, day: date, opened: bool = False, early: bool = False) -> str:
    """Where a trial stands on a day; `opened` says that its result has been worked out, `early` that it was before."""
    registration, standing = trial.registration, trial.standing(day)
    if registration is None:
        return "Being planned"
    if standing == "waiting":
        return f"Begins on {day_in_words(registration.begins_on)}"
    if standing == "running":
        return f"Running until {day_in_words(registration.ends_on)}"
    if trial.withdrawn and not early and day <= registration.ends_on:
        return f"Withdrawn here; results open after {day_in_words(registration.ends_on)}"
    if standing == "stopped" and early and day <= registration.ends_on:
        return "Stopped early; its results were opened before the end"
    if standing == "stopped" and day <= registration.ends_on:
        return f"Stopped early; results open after {day_in_words(registration.ends_on)}"
    if standing == "stopped":
        return "Stopped early"
    ended = day_in_words(registration.ends_on)
    return f"Finished on {ended}" if opened else f"Ended on {ended}: results can be opened"
