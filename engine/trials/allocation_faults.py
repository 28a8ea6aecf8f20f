"""What can be wrong with a request to draw teams by lot, each with its place and its mend."""

from typing import ClassVar

from engine.errors import BadInput


class AllocationFault(BadInput):
    """These teams cannot be drawn by lot."""

    code = "allocation"
    mend: ClassVar[str] = ""

    def __init__(self, place: str = "", **detail: object) -> None:
        """Keep where it stands (a JSON pointer such as /units/3/pair; "" for the whole)."""
        super().__init__(**detail)
        self.place = place

    @property
    def message(self) -> str:
        """The place, what is wrong there and how to mend it."""
        said = [super().message, self.mend.format(**self.detail)]
        return " ".join(filter(None, [f"{self.place}:" if self.place else "", *said]))


class WrongType(AllocationFault):
    """“{key}” must be {wanted}, and is {found}."""

    code = "allocation_type"


class KeyMissing(AllocationFault):
    """“{key}” is missing."""

    code = "allocation_key_missing"
    mend = "Add it: {wanted}."


class KeyUnknown(AllocationFault):
    """There is no key “{key}” here."""

    code = "allocation_key_unknown"
    mend = "Use one of {known}, or take it out."


class Blank(AllocationFault):
    """“{key}” is blank."""

    code = "allocation_blank"
    mend = "Write {wanted}."


class ArmTwice(AllocationFault):
    """The arm “{name}” stands twice."""

    code = "allocation_arm_twice"
    mend = "Give each arm a name of its own."


class TooFewArms(AllocationFault):
    """A trial compares at least two arms, and there is {number}."""

    code = "allocation_arms"
    mend = "Add the arm it is compared with."


class UnitTwice(AllocationFault):
    """The unit “{name}” stands twice, first at {first}."""

    code = "allocation_unit_twice"
    mend = "Take one out, or give it its own name."


class TooFewUnits(AllocationFault):
    """There are {units} units for {arms} arms, so an arm would have none."""

    code = "allocation_units"
    mend = "Add units, or compare fewer arms."


class HalfGrouped(AllocationFault):
    """The unit “{name}” has no {key}, and the scheme “{scheme}” needs one of every unit."""

    code = "allocation_group_missing"
    mend = "Give this unit a {key}, or take it from all."


class OtherGroup(AllocationFault):
    """The unit “{name}” has a {key}, which the scheme “{scheme}” does not use."""

    code = "allocation_group_unused"
    mend = "Take it out, or choose the scheme that uses it."


class NotAPair(AllocationFault):
    """The pair “{name}” has {number} units: {units}."""

    code = "allocation_pair"
    mend = "A pair is two units; pair each with one other, or take the pairs out."


class PairsOfTwoArms(AllocationFault):
    """Pairs compare two arms, and there are {number}."""

    code = "allocation_pairs_arms"
    mend = "Use strata of {number} units, or two arms."


class UnknownScheme(AllocationFault):
    """There is no scheme “{name}”."""

    code = "allocation_scheme"
    mend = "Use one of {known}."


class ConstrainedArms(AllocationFault):
    """Balancing on what is known beforehand compares two arms, and there are {number}."""

    code = "allocation_constrained_arms"
    mend = "Use strata, or two arms."


class CovariateMissing(AllocationFault):
    """The unit “{name}” has no number for “{key}”, on which the arms are balanced."""

    code = "allocation_covariate"
    mend = "Give every unit the same covariates, as numbers."


class NothingToBalance(AllocationFault):
    """No covariate differs between the units, so there is nothing to balance."""

    code = "allocation_nothing_to_balance"
    mend = "Give each unit “covariates”, such as last year's referrals, or use the scheme “complete”."


class FixedTogether(AllocationFault):
    """Balancing so closely leaves “{first}” and “{second}” {how} in every acceptable allocation."""

    code = "allocation_fixed_together"
    mend = "Balance on fewer covariates, or accept a larger share of the allocations."


class NoSuchArm(AllocationFault):
    """There is no arm “{name}”."""

    code = "allocation_no_such_arm"
    mend = "Name one of {known}."
