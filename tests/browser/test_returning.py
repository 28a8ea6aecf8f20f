"""Questions that go while their words are not saved yet, and come back: no word is lost, and none older wins."""

from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from engine.places import Place
from tests.browser.visits import saving
from tests.webapp.assessments.desk import share_the_tallowbys
from tests.webapp.conftest import NOW
from webapp.current import Surroundings
from webapp.store.answers import answer_history
from webapp.store.assessments import assessment_to_write
from webapp.store.changes import SetAnswer
from webapp.store.database import reading, writing
from webapp.store.people import everyone
from webapp.store.saves import Change, save

CANARY = "She likes the red bowl"


def _open_children(visit: Page) -> list[str]:
    """Go to the section about each child; the names of the fields that ask whether they were seen."""
    visit.goto(visit.url.replace("around", "each_child"))
    radios = visit.locator("input[type=radio][name^='q-seen-']").all()
    return sorted({radio.get_attribute("name") or "" for radio in radios})


def _choose(visit: Page, name: str, value: str) -> None:
    """Say whether a child was seen, and wait until that is saved."""
    with saving(visit):
        visit.locator(f"input[name='{name}'][value='{value}']").check()
        visit.keyboard.press("Tab")


def _cut_off(visit: Page) -> Callable[[], None]:
    """No save that holds the canary gets through; gives what lets them through again."""
    cut = [True]

    def through(route: Route) -> None:
        stopped = cut and CANARY.split(maxsplit=1)[0] in (route.request.post_data or "")
        route.abort() if stopped else route.continue_()

    visit.route("**/sections/*", through)
    return cut.clear


def _colleague_writes(visit: Page, app: Flask, question: str, words: str) -> None:
    """Corin, who was given the Tallowbys too, answers about every child."""
    surroundings: Surroundings = app.extensions["pith"]
    share_the_tallowbys(surroundings.database)
    with writing(surroundings.database) as connection:
        corin = next(person for person in everyone(connection) if person.name == "Corin Ashby-Lowe")
        draft = assessment_to_write(connection, corin, visit.url.split("/")[4])
        for child in draft.children:
            save(connection, corin, draft, Change(Place(question, child.key), SetAnswer(words), 0, child.key), NOW)


def _history(app: Flask) -> list[object]:
    surroundings: Surroundings = app.extensions["pith"]
    with reading(surroundings.database) as connection:
        return list(connection.execute(select(answer_history.c.value).order_by(answer_history.c.id)).scalars())


def test_a_question_that_comes_back_has_its_waiting_words_again(visit: Page, app: Flask) -> None:
    """They stand in its box, and what is written there next is what stands in the end."""
    name = _open_children(visit)[0]
    _choose(visit, name, "alone")
    box = visit.locator(f"textarea[name='{name.replace('q-seen', 'q-child_words')}']")
    let_through = _cut_off(visit)
    box.fill(CANARY)
    _choose(visit, name, "not_seen")
    expect(box).to_have_count(0)
    _choose(visit, name, "alone")
    expect(box).to_have_value(CANARY)
    box.fill(f"{CANARY}, and the blue one")
    let_through()
    with saving(visit):
        visit.evaluate("dispatchEvent(new Event('online'))")
    expect(visit.locator("#save-status")).to_contain_text("Saved")
    assert _history(app)[-1] == f"{CANARY}, and the blue one"


def test_words_that_waited_overwrite_nobody(visit: Page, app: Flask) -> None:
    """A colleague's answer from in between stands, and both texts are shown."""
    name = _open_children(visit)[0]
    _choose(visit, name, "alone")
    field = name.replace("q-seen", "q-child_words")
    box = visit.locator(f"textarea[name='{field}']")
    let_through = _cut_off(visit)
    box.fill(CANARY)
    _choose(visit, name, "not_seen")
    _colleague_writes(visit, app, "child_words", "She said nothing.")
    _choose(visit, name, "alone")
    expect(box).to_have_value(CANARY)
    let_through()
    visit.evaluate("dispatchEvent(new Event('online'))")
    expect(visit.locator(f"[id='{field}-conflict']")).to_contain_text("She said nothing.")
    assert "She said nothing." in _history(app)
    assert CANARY not in _history(app)


def test_all_that_was_written_in_questions_that_went_is_saved(visit: Page, app: Flask) -> None:
    """However many went at once."""
    names = _open_children(visit)
    for name in names:
        _choose(visit, name, "with_others")
    let_through = _cut_off(visit)
    texts: list[str] = []
    for name in names:
        for question in ("q-child_words", "q-seen_why"):
            box = visit.locator(f"textarea[name='{name.replace('q-seen', question)}']")
            texts.append(f"{CANARY} {len(texts)}")
            box.fill(texts[-1])
    for name in names:
        _choose(visit, name, "not_seen")
        _choose(visit, name, "alone")
        _choose(visit, name, "not_seen")
    let_through()
    visit.evaluate("dispatchEvent(new Event('online'))")
    expect(visit.locator("#save-status")).to_contain_text("Saved")
    found = _history(app)
    assert [text for text in texts if text not in found] == []
