"""Sealed is sealed: before the end nobody reaches how either form does, by any address, in any role."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import event, select

import webapp.store
from tests.webapp.conftest import NOW
from tests.webapp.trials.made import EIGHT, STILL_RUNNING, Made, made, person
from tests.webapp.visitor import Visitor
from webapp import create_app
from webapp.config import Settings
from webapp.store.database import Database, writing
from webapp.store.definitions import EDITION_COLUMNS, Edition, definitions
from webapp.store.feedback import Word, leave_word
from webapp.store.trial_planning import add_trial
from webapp.store.trial_results import open_early
from webapp.store.trial_tables import trial_arms
from webapp.store.trials import Trial

ROLES = {
    "a worker": "Adaeze Finch",
    "a manager": "Tom Brackley",
    "a scorer": "Nell Ottaway",
    "who looks after forms": "Ines Marchbanks",
    "who tries forms": "Rowan Tideswell",
    "who checks the log": "Petra Oakenfull",
    "a worker of another authority": "Bryony Castledine",
}
MEASURED = {"minutes": 730_417, "words": 830_519, "worker_rating": 930_613}
"""What each form of a team was measured by, plus the number of the team: figures that stand nowhere else."""
SECRET = re.compile(r'(?<=name="csrf_token" value=")[^"]+')
MAY_OPEN = "trials.open_results"
"""The one address whose post opens results, for a reason that is kept: it has tests of its own."""
BY_ARM = re.compile(r"trial_measures\.value|trial_scores\.score")
KNOWN = {
    "trial_measurements.py": "behind `opened`, each function of it tested in tests/webapp/store/test_trial_results.py",
    "trial_scoring.py": "a scorer's own scores, and pairs of scores without arms or teams",
    "trial_measures.py": "the rating of one form, for whoever gave it",
    "trial_watching.py": "harm by arm, for the watcher alone",
}
"""The files of the store that read what forms were measured by, and why each may."""


@pytest.fixture
def trial(database: Database) -> Trial:
    """A trial under way, with words of one scorer and figures that would be noticed."""
    teams = list(EIGHT)
    measures = {
        name: lambda team, number, least=least: float(least + teams.index(team)) for name, least in MEASURED.items()
    }
    with writing(database) as connection:
        scorers = [person(connection, "Nell Ottaway").key, person(connection, "Jago Merrick-Vale").key]
        what = Made(ends=STILL_RUNNING, co_primary={"kind": "quality"}, scorers=scorers, measures=measures)
        return made(connection, person(connection, "Rowan Tideswell"), what)


def told(text: str) -> list[str]:
    """The figures of forms or teams that a page tells."""
    shown = text.replace(",", "")
    return [str(least + number) for least in MEASURED.values() for number in range(8) if str(least + number) in shown]


def addresses(app: Flask, trial: Trial) -> Iterator[tuple[str, str]]:
    """Every method and address of the application, those with a trial's key filled in with this one's."""
    values: dict[str, Any] = {"key": trial.key, "step": "outcome", "form": "visit", "section_id": "visit"}
    for rule in app.url_map.iter_rules():
        given = {name: values.get(name, f"{trial.key}-1") for name in rule.arguments}
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **given)
        for method in ("GET", "POST"):
            if method in (rule.methods or ()) and (method, rule.endpoint) != ("POST", MAY_OPEN):
                yield method, address


@contextmanager
def statements_of(app: Flask) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    found: list[str] = []
    database = app.extensions["pith"].database

    def note(*given: Any) -> None:
        found.append(given[2])

    event.listen(database, "before_cursor_execute", note)
    yield found
    event.remove(database, "before_cursor_execute", note)


@pytest.mark.parametrize("name", ROLES.values(), ids=ROLES)
def test_no_address_tells_a_measure(app: Flask, client: Visitor, trial: Trial, name: str) -> None:
    """Whatever is read or posted, by whomever: no figure is shown, and none is read together with teams or arms."""
    client.sign_in(name)
    tried = list(addresses(app, trial))
    assert len(tried) > 100
    with statements_of(app) as statements:
        for method, address in tried:
            if "/sign-out" in address:
                continue
            response = client.get(address) if method == "GET" else client.send(address, {"reason": "x", "words": "x"})
            assert not told(response.text), f"{method} {address}"
    read = [each for each in statements if BY_ARM.search(each.partition(" FROM ")[0].partition("\nFROM ")[0])]
    assert not [each for each in read if "trial_teams" in each or "allocated_arm" in each]


def test_the_result_says_when_it_opens(client: Visitor, trial: Trial) -> None:
    """To those who run the trial: a day, why, and no way around it on the page; nothing to take away either."""
    client.sign_in("Ines Marchbanks")
    page = client.get(f"/trials/{trial.key}/result")
    assert page.status_code == 403
    assert "Whoever the plan names for it can open results early" in page.text
    assert f"/trials/{trial.key}/open" not in page.text
    assert "Results open once 30 June 2026 is over" in page.text
    assert client.get(f"/trials/{trial.key}/result.csv").status_code in (403, 409)
    assert client.send(f"/trials/{trial.key}/result").status_code in (403, 409)


def test_whoever_is_named_to_open_early_is_told_and_led_there(client: Visitor, trial: Trial) -> None:
    """On the sealed page itself, with what it costs."""
    page = client.sign_in("Rowan Tideswell").get(f"/trials/{trial.key}/result").text
    assert "The plan names you: you may open results early, for a grave reason" in page
    assert f'href="/trials/{trial.key}/open"' in page
    assert client.get(f"/trials/{trial.key}/open").status_code == 200


def pages(settings: Settings, folder: Path, effect: float, name: str) -> dict[str, str]:
    """Every page about trials, as somebody sees it who planned one more, while a trial with that effect runs."""
    folder.mkdir()
    shutil.copy(settings.data / "demo.sqlite", folder)
    own = replace(settings, data=folder)
    app = create_app(own, lambda: NOW)
    app.testing, app.test_client_class = True, Visitor
    with writing(app.extensions["pith"].database) as connection:
        rowan = person(connection, "Rowan Tideswell")
        trial = made(connection, rowan, Made(ends=STILL_RUNNING, effect=effect))
        again = add_trial(connection, rowan, replace(trial.plan, question="Once more?"), NOW, "another")
    visitor = cast("Visitor", app.test_client()).sign_in(name)
    found = [address for method, address in addresses(app, trial) if method == "GET" and "/trials" in address]
    found += [f"/trials/{again.key}/plan/{step}" for step in ("arms", "teams", "outcome", "safety", "register")]
    return {each: visitor.get(each).text for each in found}


@pytest.mark.parametrize("name", ["Rowan Tideswell", "Ines Marchbanks"])
def test_pages_are_the_same_whatever_the_effect(settings: Settings, tmp_path: Path, name: str) -> None:
    """Forty minutes saved, or none: no page about trials, nor a plan of the same teams, shows a trace of it."""
    with_it, without = (
        {each: SECRET.sub("", text) for each, text in pages(settings, tmp_path / f"by-{effect}", effect, name).items()}
        for effect in (40, 0)
    )
    assert len(with_it) > 15
    assert [each for each in with_it if with_it[each] != without[each]] == []


def test_a_stopped_trial_stays_sealed(client: Visitor, trial: Trial) -> None:
    """Stopping is no way to look: the registered end holds."""
    client.sign_in("Rowan Tideswell").get("/trials")
    client.send(f"/trials/{trial.key}/stop", {"reason": "Too few forms", "sure": "yes"})
    page = client.get(f"/trials/{trial.key}/result")
    assert page.status_code == 403
    assert "stay sealed until the day that was registered" in page.text


def test_what_is_sealed_would_be_seen(settings: Settings, database: Database, trial: Trial) -> None:
    """After the end the same figures stand on the same page: the tests above would notice them."""
    app = create_app(settings, lambda: NOW + timedelta(days=200))
    app.testing, app.test_client_class = True, Visitor
    rowan = cast("Visitor", app.test_client()).sign_in("Rowan Tideswell")
    rowan.get(f"/trials/{trial.key}/result")
    rowan.send(f"/trials/{trial.key}/result")
    assert told(rowan.get(f"/trials/{trial.key}/result").text)
    assert told(rowan.get(f"/trials/{trial.key}/result.csv").text)


def test_opening_early_opens_and_is_printed(client: Visitor, database: Database, trial: Trial) -> None:
    """Who opened it, when and why stand on the result, before anything else is said."""
    with writing(database) as connection:
        open_early(connection, person(connection, "Rowan Tideswell"), trial.key, "A child was harmed", NOW)
    client.sign_in("Ines Marchbanks").get(f"/trials/{trial.key}/result")
    assert client.send(f"/trials/{trial.key}/result").status_code == 303
    page = client.get(f"/trials/{trial.key}/result").text
    assert "These results were looked at before the trial’s end." in page
    assert "12 March 2026, by Rowan Tideswell: A child was harmed" in page
    assert page.index("looked at before") < page.index("pith-verdict")


def test_each_file_that_reads_measures_is_known() -> None:
    """A new function of the store that reads them must be looked at, and sealed."""
    folder = Path(webapp.store.__file__).parent
    found = {
        path.name
        for path in folder.glob("*.py")
        if re.search(r"trial_measures\.c\.value|trial_scores\.c\.score\b", path.read_text(encoding="utf-8"))
    }
    assert found == {*KNOWN}


def test_remarks_do_not_tell_the_arm(client: Visitor, database: Database, trial: Trial) -> None:
    """On the page of the forms both arms’ stand alike: no version, no name, until the end."""
    arms = select(*EDITION_COLUMNS).join(trial_arms, trial_arms.c.definition_id == definitions.c.id)
    with writing(database) as connection:
        adaeze = person(connection, "Adaeze Finch")
        for row in connection.execute(arms).all():
            leave_word(connection, adaeze, Edition(*row), Word("around", "saw", "Slow"), NOW)
    page = client.sign_in("Ines Marchbanks").get("/forms").text
    assert page.count("12 March 2026, on a form under trial.") == 2
    assert "Adaeze Finch" not in page
