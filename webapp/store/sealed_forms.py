"""What is sealed while a trial has not ended: its forms, whose figures nobody may read by arm, and its arms."""

from sqlalchemy import ColumnElement, Date, ScalarSelect, and_, bindparam, exists, select

from webapp.store.trial_tables import trial_arms, trial_forms, trial_registrations


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


def pooled_under(definition: ColumnElement[int], *more: ColumnElement[bool]) -> ScalarSelect[int]:
    """The control (a definition's id) that a version is pooled under, as an arm of a trial whose end is not past.

    Null for a version that is no such arm on `day`, a parameter of the query, in the authority `authority`. `more` are
    conditions on the registration. What is said of both arms of a trial, or counted of them, is told of the control,
    so that nobody reads from it which arm it was.
    """
    control, arm = trial_arms.alias(), trial_arms.alias()
    return (
        select(control.c.definition_id)
        .join(arm, arm.c.trial_id == control.c.trial_id)
        .join(trial_registrations, trial_registrations.c.trial_id == control.c.trial_id)
        .where(
            control.c.control,
            arm.c.definition_id == definition,
            arm.c.authority_id == bindparam("authority"),
            trial_registrations.c.ends_on >= bindparam("day", type_=Date),
            *more,
        )
        .order_by(control.c.trial_id)
        .limit(1)
        .scalar_subquery()
    )
