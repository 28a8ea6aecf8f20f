"""Which forms are sealed: those of a trial that has not ended, whose figures nobody may read by arm."""

from sqlalchemy import ColumnElement, Date, and_, bindparam, exists

from webapp.store.trial_tables import trial_forms, trial_registrations


def sealed(assessment: ColumnElement[int]) -> ColumnElement[bool]:
    """That a form is under a trial whose registered end is not past on `day`, a parameter of the query.

    A question that one arm alone asks, or the figures of a team, would tell how its arm does: so whatever is counted
    of forms in general leaves these out, even where a trial was stopped or opened early.
    """
    return exists().where(
        trial_forms.c.assessment_id == assessment,
        and_(
            trial_registrations.c.trial_id == trial_forms.c.trial_id,
            trial_registrations.c.ends_on >= bindparam("day", type_=Date),
        ),
    )
