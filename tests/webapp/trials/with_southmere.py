"""Rowan of Northshire at a plan, and Morwenna of Southmere at the invitation to it, in one browser in turn."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.webapp.store.together import SOUTHMERE, THEIRS, Others
from tests.webapp.trials.planning import Planning, people
from webapp.store.database import writing
from webapp.store.trials import Trial, find_trial, trials_of

AFTER = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
MORWENNA, ROWAN = "Morwenna Attlebridge", "Rowan Tideswell"


@dataclass
class Both:
    """Rowan at her plan in Northshire, Morwenna at the invitation in Southmere, in one browser in turn."""

    rowan: Planning
    others: Others
    key: str = ""

    def as_(self, name: str) -> Any:
        """The browser with somebody else signed in."""
        return self.rowan.visitor.sign_in(name)

    def ask(self) -> "Both":
        """Let Northshire ask Southmere."""
        visitor, address = self.as_(ROWAN), f"/trials/{self.rowan.key}/authorities"
        page = visitor.get(address).text
        found = re.search(rf'value="([^"]+)">{SOUTHMERE}', page)
        assert found
        assert visitor.send(address, {"authority": found[1]}).status_code == 303
        part = re.search(r'name="part" value="([^"]+)"', visitor.get(address).text)
        assert part
        self.key = part[1]
        return self

    @property
    def invitation(self) -> str:
        """Where the invitation is."""
        return f"/trials/{self.key}/invitation"

    def join(self, **changed: Any) -> Any:
        """Fill in what Southmere brings, and press Join."""
        visitor = self.as_(MORWENNA)
        seen = re.search(r'name="seen" value="([^"]+)"', visitor.get(self.invitation).text)
        said = {"approval": "Southmere panel, 7", "data_protection": "DPIA 12", "whom_to_ask": "Morwenna, 01632 960199"}
        brings = {"team": list(THEIRS), "watcher": self.others.senara.key, "seen": seen[1] if seen else "", **said}
        return visitor.send(self.invitation, {**brings, **changed})

    def registered(self) -> tuple[Trial, Trial]:
        """Registered: the trial of Northshire and the part of Southmere."""
        (self if self.key else self.ask()).join()
        self.as_(ROWAN)
        assert self.rowan.register().location.endswith("?done=registered")
        with writing(self.rowan.database) as connection:
            rowan = people(self.rowan.database)[ROWAN]
            lead = find_trial(connection, rowan, self.rowan.key)
            return lead, trials_of(connection, self.others.morwenna)[0]
