"""The tables of trials: plans, what registration froze, which team has which arm, what each form was measured by."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal_column,
)

from webapp.store.append_only import only_grows
from webapp.store.database import METADATA, UtcTime

NOTHING: ColumnElement[str] = literal_column("''", Text)

trials = Table(
    "trials",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("form", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("plan", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("planned_by", ForeignKey("people.id"), nullable=False),
    Column("planned_at", UtcTime, nullable=False),
    Column("saved_by", ForeignKey("people.id"), nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("stopped_by", ForeignKey("people.id")),
    Column("stopped_at", UtcTime),
    Column("stopped_reason", Text, nullable=False, server_default=NOTHING),
    Column("part_of", ForeignKey("trials.id"), index=True),
)
"""`state` is "planned", "registered", "stopped" or "discarded"; `plan` can change only while it is planned.

`part_of` is the trial of the authority that leads, where this is another one's part in it; null for all others.
"""

trial_parts = Table(
    "trial_parts",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("trial_id", ForeignKey("trials.id"), nullable=False),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("part", JSON, nullable=False),
    Column("agreed", Text, nullable=False, server_default=NOTHING),
    Column("words", Text, nullable=False, server_default=NOTHING),
    Column("invited_at", UtcTime, nullable=False),
    Column("answered_by", ForeignKey("people.id")),
    Column("answered_at", UtcTime),
    UniqueConstraint("trial_id", "authority_id"),
)
"""Another authority that is asked to take part in a planned trial; `key` names its own trial once registered.

`state` is "invited", "joined", "declined" or "taken_off"; `part` what it brings; `agreed` a hash of what it agreed to;
`words` why it declined.
"""

trial_registrations = Table(
    "trial_registrations",
    METADATA,
    Column("trial_id", ForeignKey("trials.id"), primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("registered_by", ForeignKey("people.id"), nullable=False),
    Column("registered_at", UtcTime, nullable=False),
    Column("plan_text", Text, nullable=False),
    Column("plan_hash", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("seed_commitment", Text, nullable=False),
    Column("begins_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("digest", Text, nullable=False),
    Column("possible", Text, nullable=False),
    Column("acceptable", JSON),
    Column("baseline", JSON(none_as_null=True)),
)
"""`digest` is the allocation's, `possible` how many there were (a whole number, larger than integers are).

`acceptable` lists the drawings that could have come out, as `Drawings`; null for all that the scheme allows.
`baseline` is each team's figure before the trial, by its name; null where the plan does not adjust for it.
"""
only_grows(trial_registrations)

trial_amendments = Table(
    "trial_amendments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    Column("watcher", ForeignKey("people.id")),
    Column("openers", JSON(none_as_null=True)),
    Column("amended_by", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""`watcher` is who watches for harm from then on, null where that stays as it was; the newest one counts.

`openers` are the keys of those who may open the results early from then on, in the same way.
"""
only_grows(trial_amendments)

trial_arms = Table(
    "trial_arms",
    METADATA,
    Column("trial_id", ForeignKey("trials.id"), primary_key=True),
    Column("arm", Text, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("control", Boolean, nullable=False),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False, index=True),
)
only_grows(trial_arms)

trial_teams = Table(
    "trial_teams",
    METADATA,
    Column("trial_id", ForeignKey("trials.id"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), primary_key=True, index=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("arm", Text, nullable=False),
    Column("stratum", Text, nullable=False),
    Column("late", Boolean, nullable=False, server_default=false()),
    Column("at", UtcTime, nullable=False),
)
"""Which arm each team was drawn for, once; `name` is what it was called then, and what it was drawn under."""
only_grows(trial_teams)

trial_forms = Table(
    "trial_forms",
    METADATA,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("allocated_arm", Text, nullable=False),
    Column("served_arm", Text, nullable=False),
    Column("definition_id", ForeignKey("definitions.id"), nullable=False),
    Column("why", Text, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
)
"""Each form begun under a trial. `served_arm` is "" where neither arm could be served; `why` says why not the own."""
Index("ix_trial_forms_team", trial_forms.c.trial_id, trial_forms.c.team_id)
only_grows(trial_forms)

trial_measures = Table(
    "trial_measures",
    METADATA,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False),
    Column("value", Float, nullable=False),
    Column("said_on", Date),
    Column("at", UtcTime, nullable=False),
)
"""One number for each outcome of a form; `said_on` is the day on which a family said it."""
Index("ix_trial_measures_outcome", trial_measures.c.trial_id, trial_measures.c.outcome)

trial_taken_out = Table(
    "trial_taken_out",
    METADATA,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("taken_out_by", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""`kind` is "safety" or "family"."""
only_grows(trial_taken_out)

trial_scores = Table(
    "trial_scores",
    METADATA,
    Column("assessment_id", ForeignKey("assessments.id"), primary_key=True),
    Column("scorer_id", ForeignKey("people.id"), primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False, index=True),
    Column("score", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
)

trial_openings = Table(
    "trial_openings",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False, index=True),
    Column("opened_by", ForeignKey("people.id"), nullable=False),
    Column("early", Boolean, nullable=False),
    Column("reason", Text, nullable=False, server_default=NOTHING),
    Column("at", UtcTime, nullable=False),
)
only_grows(trial_openings)

trial_results = Table(
    "trial_results",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("authority_id", ForeignKey("authorities.id"), nullable=False),
    Column("trial_id", ForeignKey("trials.id"), nullable=False),
    Column("early", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("worked_out_by", ForeignKey("people.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("trial_id", "early"),
)
"""What was worked out at the first opening, once early and once at the end, as canonical JSON."""
only_grows(trial_results)
