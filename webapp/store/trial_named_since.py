"""Who was named in amendments of a trial since: to watch it for harm, and to open its results early."""

from sqlalchemy import func, null, select

from webapp.store.people import people
from webapp.store.trial_tables import trial_amendments, trials

_watcher = people.alias("watcher")
NAMED_SINCE = (
    select(_watcher.c.key)
    .join(trial_amendments, trial_amendments.c.watcher == _watcher.c.id)
    .where(trial_amendments.c.trial_id == trials.c.id)
    .order_by(trial_amendments.c.id.desc())
    .limit(1)
    .correlate(trials)
    .scalar_subquery()
)
"""The key of whoever was named last in an amendment to watch a trial for harm."""
OPENERS_SINCE = (
    select(trial_amendments.c.openers)
    .where(
        trial_amendments.c.trial_id == func.coalesce(trials.c.part_of, trials.c.id),
        trial_amendments.c.openers.is_not(null()),
    )
    .order_by(trial_amendments.c.id.desc())
    .limit(1)
    .correlate(trials)
    .scalar_subquery()
)
"""The keys of those whom an amendment last named to open the results early: one of the authority that leads."""
