"""The pages of scoring: one text after another for a scorer, how it goes for those who run the trial."""

import re

import pytest

from tests.webapp.conftest import NOW
from tests.webapp.trials.made import Made, made, person
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, writing
from webapp.store.trial_results import keep
from webapp.store.trial_scoring import Paired, give_score, sheets
from webapp.store.trial_working_out import worked_out
from webapp.store.trials import Trial
from webapp.trials.results.agreement import agreement

SHEET = re.compile(r'href="(/trials/[^/]+/scoring/[^"]+)"')


@pytest.fixture
def trial(database: Database) -> Trial:
    """A trial of which Nell and Jago score three texts a team."""
    with writing(database) as connection:
        scorers = [person(connection, name).key for name in ("Nell Ottaway", "Jago Merrick-Vale")]
        what = Made(co_primary={"kind": "quality"}, scorers=scorers, text="She waits by the window.\nThen she knocks.")
        return made(connection, person(connection, "Rowan Tideswell"), what)


def scoring(trial: Trial) -> str:
    """Where a scorer begins."""
    return f"/trials/{trial.key}/scoring"


def test_a_scorer_reads_and_scores_one_after_another(client: Visitor, trial: Trial) -> None:
    """From the list to the first text, on to the next, with what was kept said and a way to change it."""
    page = client.sign_in("Nell Ottaway").get(scoring(trial)).text
    assert "0 of 24 scored." in page
    first = SHEET.findall(page)[0]
    text = client.get(first).text
    assert "She waits by the window." in text
    response = client.send(first, {"score": "4"})
    assert response.status_code == 303
    following = client.get(response.location).text
    assert "1 of 24 scored" in following
    assert "Text 1 is kept as 4: It says it well." in following
    assert f'href="{first}"' in following
    assert first not in response.location.partition("?")[0]


def test_a_score_can_be_changed_until_the_result_is_worked_out(
    client: Visitor, database: Database, trial: Trial
) -> None:
    """The one given stands on the page; afterwards nothing is taken any more."""
    first = SHEET.findall(client.sign_in("Nell Ottaway").get(scoring(trial)).text)[0]
    client.get(first)
    client.send(first, {"score": "4"})
    assert 'value="4" checked' in client.get(first).text
    client.send(first, {"score": "2"})
    assert "2: It begins to say" in client.get(scoring(trial)).text
    with writing(database) as connection:
        rowan = person(connection, "Rowan Tideswell")
        keep(connection, rowan, trial, worked_out(connection, rowan, trial, NOW), NOW)
    assert client.send(first, {"score": "5"}).status_code == 409
    assert client.get(first).status_code == 409
    assert "scores can no longer be given" in client.get(scoring(trial)).text


@pytest.mark.parametrize("sent", [{}, {"score": ""}, {"score": "6"}, {"score": "four"}, {"score": "²"}])
def test_what_is_no_score_is_refused_on_the_page(client: Visitor, trial: Trial, sent: dict[str, str]) -> None:
    """With the text still there, the error named, and nothing kept."""
    first = SHEET.findall(client.sign_in("Nell Ottaway").get(scoring(trial)).text)[0]
    client.get(first)
    response = client.send(first, sent)
    assert response.status_code == 400
    assert "<title>Error:" in response.text
    assert "She waits by the window." in response.text
    assert "0 of 24 scored" in client.get(scoring(trial)).text


def test_a_sheet_hides_who_and_which(client: Visitor, trial: Trial) -> None:
    """No arm, no team, no writer, no form, no version, no key of an assessment on the page or in its address."""
    client.sign_in("Nell Ottaway")
    for path in SHEET.findall(client.get(scoring(trial)).text):
        page = client.get(path).text
        main = page[page.index("<main") : page.index("</main")]
        for hidden in ("Short form", "Present form", "Eastmoor", "Quarry Hill", "Writer Nobody", "Visit", "visit"):
            assert hidden not in main
        assert f"{trial.key}-" not in page.replace(f"/trials/{trial.key}/", "")


@pytest.mark.parametrize("name", ["Adaeze Finch", "Tom Brackley", "Petra Oakenfull", "Bryony Castledine"])
def test_to_others_it_is_not_there(client: Visitor, database: Database, trial: Trial, name: str) -> None:
    """Neither the list nor a text, read or scored."""
    with writing(database) as connection:
        key = sheets(connection, person(connection, "Nell Ottaway"), trial, NOW)[0].key
    client.sign_in(name)
    assert client.get(scoring(trial)).status_code == 404
    assert client.get(f"{scoring(trial)}/{key}").status_code == 404
    assert client.send(f"{scoring(trial)}/{key}", {"score": "3"}).status_code == 404


@pytest.mark.parametrize("name", ["Rowan Tideswell", "Ines Marchbanks"])
def test_those_who_run_the_trial_see_how_it_goes_and_no_text(
    client: Visitor, database: Database, trial: Trial, name: str
) -> None:
    """Counts and agreement without arms; a text is refused to them."""
    with writing(database) as connection:
        for scorer, score in (("Nell Ottaway", 3), ("Jago Merrick-Vale", 4)):
            who = person(connection, scorer)
            for each in sheets(connection, who, trial, NOW):
                give_score(connection, who, trial, each.key, score, NOW)
    page = client.sign_in(name).get(scoring(trial)).text
    assert "48 of 48" in page
    assert "24 of 24" in page
    assert not [each for each in ("Short form", "Eastmoor", "She waits") if each in page]
    assert client.get(f"{scoring(trial)}/{each.key}").status_code == 403


def test_scorers_are_not_told_what_the_trial_asks(client: Visitor, trial: Trial) -> None:
    """The question would tell what to look for: they read what a good text is instead."""
    client.sign_in("Nell Ottaway")
    first = SHEET.findall(client.get(scoring(trial)).text)[0]
    for path in ("/trials/scored", scoring(trial), first):
        assert trial.plan.question not in client.get(path).text
    assert "A good text says what life is like for this child" in client.get(scoring(trial)).text


def test_how_it_goes_counts_what_is_drawn_and_not_scored(client: Visitor, database: Database, trial: Trial) -> None:
    """Of 24 texts of the sample, one has a score; the other 72 finished forms need none."""
    with writing(database) as connection:
        nell = person(connection, "Nell Ottaway")
        give_score(connection, nell, trial, sheets(connection, nell, trial, NOW)[0].key, 4, NOW)
    page = client.sign_in("Rowan Tideswell").get(f"/trials/{trial.key}/running").text
    assert re.search(r"of the forms drawn to be scored</dt>\s*<dd>23<", page)


def test_scorers_find_their_texts(client: Visitor, trial: Trial) -> None:
    """From where they start, and the help page, which everybody has, to the trials in which they score."""
    client.sign_in("Nell Ottaway")
    for path in ("/", "/help"):
        assert 'href="/trials/scored"' in client.get(path).text
    assert scoring(trial) in client.get("/trials/scored").text
    client.sign_in("Adaeze Finch")
    assert "/trials/scored" not in client.get("/").text
    assert "When a registered trial names you" in client.get("/trials/scored").text


def test_scoring_that_is_closed_is_on_no_page(client: Visitor, database: Database, trial: Trial) -> None:
    """Once the result is worked out, neither where the scorer starts nor on the list."""
    with writing(database) as connection:
        rowan = person(connection, "Rowan Tideswell")
        keep(connection, rowan, trial, worked_out(connection, rowan, trial, NOW), NOW)
    client.sign_in("Nell Ottaway")
    assert "/trials/scored" not in client.get("/").text
    assert scoring(trial) not in client.get("/trials/scored").text


def test_agreement_of_scores() -> None:
    """All alike is perfect, opposite is worse than chance, one score for all tells nothing."""
    alike = agreement([Paired(1, 1), Paired(3, 3), Paired(5, 5)])
    assert (alike.alike, alike.within_one, alike.apart, alike.kappa) == (3, 3, 0, 1.0)
    assert alike.words == "almost perfect"
    against = agreement([Paired(1, 5), Paired(5, 1)])
    assert against.kappa == -1.0
    assert against.words == "none beyond chance"
    assert agreement([Paired(3, 3)]).kappa is None
    assert agreement([]).kappa is None


def test_agreement_does_not_hang_on_who_is_first() -> None:
    """Scorers of a pair are drawn by lot, so turning pairs round changes nothing."""
    pairs = [Paired(1, 2), Paired(4, 2), Paired(5, 5), Paired(3, 4)]
    turned = [Paired(each.second, each.first) if at % 2 else each for at, each in enumerate(pairs)]
    assert agreement(pairs) == agreement(turned)
