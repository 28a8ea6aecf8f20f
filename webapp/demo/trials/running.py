"""One trial of the demonstration from its plan to its result, each step as its people would have done it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from engine.trials.errors import StatisticsMissing
from webapp.access import Viewer
from webapp.clock import london_day
from webapp.demo.stage import Stage
from webapp.demo.trials.days import days_between
from webapp.demo.trials.forms import Served, Sitting, used
from webapp.demo.trials.people import teams_under_trial
from webapp.demo.trials.told_trials import ToldTrial, plan_of
from webapp.demo.trials.use import Supposed, TeamsUse, score_by
from webapp.store.assessments import find_assessment
from webapp.store.children import Child
from webapp.store.contents import code_lists_of, definition_of
from webapp.store.in_bulk import Used, put_in_forms, put_in_scores
from webapp.store.keys import key_made_from
from webapp.store.trial_amending import amend
from webapp.store.trial_parts import can_be_invited, invite
from webapp.store.trial_planning import add_trial
from webapp.store.trial_registration import join_late, register, teams_in
from webapp.store.trial_results import keep
from webapp.store.trial_scoring import sample
from webapp.store.trial_serving import arm_for
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial, find_trial
from webapp.store.under_trial import Kind, take_out

Json = Any
POLICY = "Rowan Tideswell"


@dataclass(slots=True)
class Running:
    """A trial on its way; `children` are those of each team, `forms` what was written, by the assessment's id."""

    told: ToldTrial
    children: Mapping[str, Sequence[Child]]
    key: str = ""
    forms: dict[int, tuple[Supposed, Used]] = field(default_factory=dict)

    def plan(self, stage: Stage) -> None:
        """Rowan begins to plan it."""
        plan = plan_of(self.told, stage.people, stage.today)
        at = stage.moment(self.told.planned)
        key = key_made_from("trial", self.told.name)
        self.key = add_trial(stage.connection, stage.people[POLICY], plan, at, key).key

    def ask(self, stage: Stage) -> None:
        """Rowan asks another authority to take part, which has not answered to this day."""
        rowan, trial = stage.people[POLICY], self._trial(stage)
        offered = {name: key for key, name in can_be_invited(stage.connection, rowan, trial)}
        at = stage.moment(self.told.asked["at"])
        invite(stage.connection, rowan, self.key, offered[self.told.asked["authority"]], at)

    def register(self, stage: Stage) -> None:
        """Rowan registers it, and its teams are drawn by lot: by the same seed in every demonstration."""
        seed = sha256(f"demonstration: {self.told.name}".encode()).digest()
        register(stage.connection, stage.people[POLICY], self.key, seed, stage.moment(self.told.registered))

    def use(self, stage: Stage) -> None:
        """Every team writes on its arm."""
        trial, plan = self._trial(stage), self._trial(stage).plan
        assert plan.control is not None
        written = []
        for each in teams_in(stage.connection, trial):
            supposed = TeamsUse(self.told.name, each.name, self.told.use)
            tested = each.arm != plan.control.id
            written += self._written(stage, trial, each.name, supposed.forms(self.told.use["forms"][each.name], tested))
        self._put_in(stage, written)

    def join(self, stage: Stage) -> None:
        """Another team joins under way, which Rowan writes down, and writes a few forms."""
        late, rowan = self.told.late, stage.people[POLICY]
        at = stage.moment(late["at"])
        joined = join_late(stage.connection, rowan, self.key, late["team"], at)
        amend(stage.connection, rowan, self.key, late["words"], at)
        trial = self._trial(stage)
        assert trial.plan.control is not None
        supposed = TeamsUse(self.told.name, joined.name, self.told.use)
        forms = supposed.forms(late["forms"], joined.arm != trial.plan.control.id)
        self._put_in(stage, self._written(stage, trial, joined.name, forms, london_day(at)))

    def take_out_for_safety(self, stage: Stage) -> None:
        """A manager takes one form out of the arm under test for safety."""
        found = self._one(stage, tested=True)
        manager = next(each.manager.name for each in teams_under_trial() if each.name == found.by.team_name)
        self._take_out(stage, stage.people[manager], found, "safety", self.told.safety)

    def write_again(self, stage: Stage) -> None:
        """A form is begun about the same child later: the control is served, and counted as mis-served."""
        before = self._one(stage, tested=True)
        team, at = before.by.team_name, stage.moment(self.told.safety["again"])
        number = self.told.use["forms"][team]
        again = TeamsUse(self.told.name, team, self.told.use).forms(1, tested=False, first=number)[0]
        served = self._served(stage, self._trial(stage), before.by, london_day(at), [before.child])
        handed_in = at + (before.submitted_at - before.begun_at)
        self._put_in(stage, [(again, used(served, again, Sitting(before.by, before.child, at, handed_in)))])

    def opt_out(self, stage: Stage) -> None:
        """A family opts out, which its worker records: nothing of theirs is measured."""
        found = self._one(stage, tested=False)
        self._take_out(stage, found.by, found, "family", self.told.family)

    def begin(self, stage: Stage) -> None:
        """A worker begins one more form, and is at it to this day."""
        team, at = self.told.begun["team"], stage.moment(self.told.begun["at"])
        worker, number = _workers(stage, team)[0], self.told.use["forms"][team]
        child = self.children[team][number]
        served = self._served(stage, self._trial(stage), worker, london_day(at), [child])
        form = TeamsUse(self.told.name, team, self.told.use).forms(1, tested=False, first=number)[0]
        self._put_in(stage, [(form, used(served, form, Sitting(worker, child, at, None)))])

    def score(self, stage: Stage) -> None:
        """The scorers read the sample; while it is running, only half of what there is."""
        trial, at = self._trial(stage), stage.moment(self.told.scored)
        scorers = {person.id: name for name, person in stage.people.items() if person.key in trial.plan.scorers}
        drawn = sample(stage.connection, trial, at)
        read = drawn if trial.over(london_day(at)) else drawn[::2]
        scores = [
            (each.assessment, reader, score_by(scorers[reader], self.forms[each.assessment][0]), at)
            for each in read
            for reader in sorted(each.readers[:2])
        ]
        put_in_scores(stage.connection, trial, stage.people[POLICY].authority, scores)

    def open(self, stage: Stage) -> None:
        """Rowan opens the result, where this machine can work one out."""
        rowan, at = stage.people[POLICY], stage.moment(self.told.opened)
        trial = self._trial(stage)
        try:
            content = worked_out(stage.connection, rowan, trial, at)
        except StatisticsMissing:
            return
        keep(stage.connection, rowan, trial, content, at)

    @property
    def still_with_team(self) -> Iterable[int]:
        """The children (ids) about whom a form is being written, or will be, or was and waits to be rated."""
        being_written = [form.child.id for _, form in self.forms.values() if form.frozen is None]
        begun = self.told.begun
        return [
            *being_written,
            *self._to_be_rated(),
            self.children[begun["team"]][self.told.use["forms"][begun["team"]]].id,
        ]

    def _to_be_rated(self) -> Iterable[int]:
        """The child of the last form of the team that is at one now of which nobody has said yet how it was."""
        team = self.told.begun["team"]
        done = [form for how, form in self.forms.values() if form.frozen is not None and not how.ratings]
        mine = [form for form in done if form.by.team_name == team]
        return [max(mine, key=lambda each: each.submitted_at).child.id] if mine else []

    def _trial(self, stage: Stage) -> Trial:
        return find_trial(stage.connection, stage.people[POLICY], self.key)

    def _written(
        self, stage: Stage, trial: Trial, team: str, forms: Sequence[Supposed], since: date | None = None
    ) -> list[tuple[Supposed, Used]]:
        """A team's forms as they stand in the store, each about the next of its children."""
        assert trial.registration is not None
        first, last = since or trial.registration.begins_on, trial.registration.ends_on
        days = days_between(first, last, stage.today)
        workers = _workers(stage, team)
        served = self._served(stage, trial, workers[0], first)
        children = self.children[team]
        return [
            (form, used(served, form, Sitting(workers[form.worker], child, days.begun(form), days.handed_in(form))))
            for form, child in zip(forms, children, strict=False)
        ]

    def _served(self, stage: Stage, trial: Trial, worker: Viewer, day: date, about: Sequence[Child] = ()) -> Served:
        serving = arm_for(stage.connection, worker, trial.form, day, about)
        assert serving is not None
        definition = definition_of(stage.connection, serving.edition, day)
        return Served(trial.plan, serving, definition, code_lists_of(stage.connection, serving.edition))

    def _put_in(self, stage: Stage, written: Sequence[tuple[Supposed, Used]]) -> None:
        ids = put_in_forms(stage.connection, [each for _, each in written])
        self.forms.update(zip(ids, written, strict=True))

    def _one(self, stage: Stage, tested: bool) -> Used:
        """The first form of an arm that was handed in before anything was taken out."""
        control = self._trial(stage).plan.control
        assert control is not None
        by = stage.moment(self.told.safety["at"])
        return next(
            form
            for _, form in self.forms.values()
            if (form.serving.allocated != control.id) == tested and form.frozen is not None and form.submitted_at < by
        )

    def _take_out(self, stage: Stage, who: Viewer, form: Used, kind: Kind, why: Mapping[str, Json]) -> None:
        assessment = find_assessment(stage.connection, who, form.key)
        take_out(stage.connection, who, assessment, kind, why["reason"], stage.moment(why["at"]))


def _workers(stage: Stage, team: str) -> list[Viewer]:
    """The social workers of a team, the first of them first."""
    found = next(each for each in teams_under_trial() if each.name == team)
    return [stage.people[worker.name] for worker in found.workers]
