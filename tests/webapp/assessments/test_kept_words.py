"""A refused post without the page's script: the reason in words, every text to copy, and a way to send it again."""

import sqlite3
import time
import tracemalloc
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.question_types.base import HARD_CAP
from tests.webapp.assessments.desk import Desk, Page, share_the_tallowbys, take_away
from tests.webapp.assessments.desk import words as words_of
from tests.webapp.assessments.finished import finish, submit
from tests.webapp.visitor import Visitor
from webapp import kept_words
from webapp.config import Settings
from webapp.store.database import Database

WORDS = "Two coats.\r\nA red bowl. <script>alert(1)</script>"
NASTY = ("</textarea><script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "{{ 7*7 }}<!--")


@pytest.fixture
def visit(desk: Desk) -> Desk:
    """A visit made in person."""
    desk.save("visit", {"q-contact": "in_person"})
    return desk


def _texts(page: Page) -> list[str]:
    return ["".join(each.itertext()) for each in page.root.iter("textarea") if "readonly" in each.attrib]


def _sent_again(page: Page) -> dict[str, list[str]]:
    """What the form for sending again holds; nothing where there is none."""
    found: dict[str, list[str]] = {}
    for form in page.root.iter("form"):
        if "/sections/" in form.get("action", ""):
            for each in form.iter("input"):
                found.setdefault(each.get("name", ""), []).append(each.get("value", ""))
    return found


def test_signed_out_it_is_kept_and_one_press_saves_it(visit: Desk) -> None:
    """Sign in in another tab, and the same words are saved without being typed, or pressed for, twice."""
    fields = {**visit.open("around").fields(), "q-saw": WORDS}
    visit.visitor.send("/sign-out")
    refused = visit.visitor.send(visit.address("around"), fields)
    assert refused.status_code == 401
    page = Page(refused)
    assert _texts(page) == [WORDS.replace("\r\n", "\n")]
    assert page.link("Sign in again") == "/sign-in"
    again = _sent_again(page)
    visit.visitor.sign_in("Adaeze Finch")
    assert visit.visitor.post(visit.address("around"), data=again).status_code == 303
    assert visit.open("around").fields()["q-saw"] == [WORDS.replace("\r\n", "\n")]


@pytest.mark.parametrize("change", ["another site", "no site", "another writer", "made up", "two sessions ago"])
def test_only_ones_own_page_of_just_before_is_saved_with_one_press(visit: Desk, change: str) -> None:
    """Anything else is told that somebody has signed in since, and is not saved."""
    fields = {**visit.open("around").fields(), "q-saw": WORDS}
    visit.visitor.send("/sign-out")
    again = _sent_again(Page(visit.visitor.send(visit.address("around"), fields)))
    visit.visitor.sign_in("Adaeze Finch")
    headers = {"Sec-Fetch-Site": "cross-site"} if change == "another site" else {}
    if change == "no site":
        del visit.visitor.environ_base["HTTP_SEC_FETCH_SITE"]
    if change == "another writer":
        again["writer"] = ["somebody else"]
    if change == "made up":
        again["csrf_token"] = ["made up"]
    if change == "two sessions ago":
        visit.visitor.send("/sign-out")
        visit.visitor.sign_in("Adaeze Finch")
    refused = visit.visitor.post(visit.address("around"), data=again, headers=headers)
    assert refused.status_code == 400
    assert refused.headers["Pith-Refused"] == "stale_page"
    assert visit.open("around").fields()["q-saw"] == [""]


def test_each_text_is_called_what_it_answered(visit: Desk) -> None:
    """Also what is done to find out; a page that does not say has its texts counted."""
    page = visit.open("around")
    fields = {**page.fields(), "csrf_token": "made up", "q-saw": WORDS, "d-saw": "Asking the school."}
    told = Page(visit.visitor.post(visit.address("around"), data=fields))
    labels = [words_of(each) for each in told.root.iter("label")]
    assert labels == [_called(page, "q-saw"), _called(page, "q-saw")]
    fields.pop("called")
    counted = Page(visit.visitor.post(visit.address("around"), data=fields))
    assert [words_of(each) for each in counted.root.iter("label")] == ["Text 1 of 2", "Text 2 of 2"]


def _called(page: Page, name: str) -> str:
    """What a page calls one of its questions."""
    return next(words_of(each) for each in page.root.iter("label") if each.get("for") == name)


def test_another_person_is_given_nothing_back(visit: Desk, database: Database) -> None:
    """Nothing is saved under their name, and no word of the first person's is on the page, whatever the refusal."""
    fields = {**visit.open("around").fields(), "q-saw": WORDS}
    stale_token = fields.pop("csrf_token")
    visit.visitor.sign_in(share_the_tallowbys(database))
    refused = visit.visitor.send(visit.address("around"), fields)
    assert refused.status_code == 403
    assert refused.headers["Pith-Refused"] == "another_writer"
    stale = visit.visitor.post(visit.address("around"), data={**fields, "csrf_token": stale_token})
    assert stale.status_code == 400
    assert "coats" not in refused.text + stale.text
    assert visit.open("around").fields()["q-saw"] == [""]


def test_a_post_that_another_site_made_is_given_nothing_back(visit: Desk) -> None:
    """Nobody is led to save what somebody else has written for them."""
    fields = {**visit.open("around").fields(), "q-saw": WORDS, "csrf_token": "made up"}
    refused = visit.visitor.post(visit.address("around"), data=fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 400
    assert "coats" not in refused.text


@pytest.mark.parametrize(
    ("origin", "given_back", "sent_again"),
    [
        ("http://localhost", True, True),
        ("https://localhost", True, True),
        ("https://elsewhere.example", False, False),
        ("https://localhost.elsewhere.example", False, False),
        ("null", False, False),
        ("", False, False),
        (None, True, False),
    ],
)
def test_a_browser_that_does_not_name_the_site_is_asked_where_its_page_came_from(
    visit: Desk, origin: str | None, given_back: bool, sent_again: bool
) -> None:
    """One that says neither is given the words to copy, but no button that saves what another site may have sent."""
    del visit.visitor.environ_base["HTTP_SEC_FETCH_SITE"]
    fields = {**visit.open("around").fields(), "q-saw": WORDS, "csrf_token": "made up"}
    headers = {} if origin is None else {"Origin": origin}
    page = Page(visit.visitor.post(visit.address("around"), data=fields, headers=headers))
    assert ("Two coats" in page.text) == given_back
    assert bool(_sent_again(page)) == sent_again
    assert ("It is not saved. Copy from here" in page.text) == (given_back and not sent_again)


def test_what_can_no_longer_be_saved_is_there_to_copy(visit: Desk, database: Database) -> None:
    """A child no longer allocated: the reason, the words, and no button that could not help."""
    fields = {**visit.open("around").fields(), "q-saw": WORDS}
    take_away(database, "Ossie")
    page = Page(visit.visitor.send(visit.address("around"), fields))
    assert "no longer allocated" in page.text
    assert _texts(page) == [WORDS.replace("\r\n", "\n")]
    assert _sent_again(page) == {}


def test_a_submitted_assessment_says_so_with_the_words(visit: Desk) -> None:
    """By script, in a header that the page reads out; without, on a page."""
    finish(visit)
    page, fields = visit.open("around"), {**visit.open("around").fields(), "q-saw": WORDS}
    submit(visit)
    late = visit.save("around", {"q-saw": WORDS}, page)
    assert late.headers["Pith-Words"].startswith("This%20assessment%20has%20been%20submitted")
    refused = Page(visit.visitor.send(visit.address("around"), fields))
    assert "has been submitted" in refused.text
    assert WORDS.replace("\r\n", "\n") in _texts(refused)


def test_sign_in_is_never_given_back(client: Visitor) -> None:
    """Only forms of assessments are; a password is on no page."""
    client.get("/sign-in")
    refused = client.post("/sign-in", data={"person": "x", "password": "canary", "q-x": "canary"})
    assert refused.status_code == 400
    assert "canary" not in refused.text


def test_a_request_that_is_too_large_is_refused_with_its_words(visit: Desk) -> None:
    """Ten million characters: the limit is named, and the text is on the page within a second."""
    words = "x " * 5_000_000
    refused, seconds, floor = _sent_whole(visit, words)
    assert refused.status_code == 413
    assert "1.5 MB" in refused.text
    assert "100,000 characters" in refused.text
    assert words in refused.text
    assert seconds < max(1.0, 8 * floor)


def test_a_request_past_what_can_be_given_back_says_to_go_back(visit: Desk) -> None:
    """It is not read at all, so it costs nobody else anything."""
    refused, seconds, floor = _sent_whole(visit, "x " * 7_000_000)
    assert refused.status_code == 413
    assert len(refused.data) < 20_000
    assert "is too long to be shown here again. Go back" in refused.text
    assert seconds < max(0.5, floor)


def test_one_large_text_is_given_back_at_a_time(visit: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends another meanwhile is told to go back, and is given theirs the next time; small ones go on."""
    inside: list[TestResponse] = []
    within = kept_words.KeptWords

    def meanwhile(*args: Any) -> kept_words.KeptWords:
        monkeypatch.setattr(kept_words, "KeptWords", within)
        inside.append(_sent_whole(visit, "second " * 400_000)[0])
        inside.append(_sent_whole(visit, "third ")[0])
        return within(*args)

    monkeypatch.setattr(kept_words, "KeptWords", meanwhile)
    first = _sent_whole(visit, "first " * 400_000)[0]
    assert "first first" in first.text
    assert "second second" not in inside[0].text
    assert "Go back" in inside[0].text
    assert "third " in inside[1].text
    assert "second second" in _sent_whole(visit, "second " * 400_000)[0].text


@pytest.mark.parametrize("words", ["word " * 2_000_000, "é\r\n" * 900_000], ids=["plain", "escaped"])
def test_giving_back_takes_memory_in_proportion(visit: Desk, words: str) -> None:
    """A few times what was sent, however it is escaped: not half a gigabyte."""
    body = _body(visit, words)
    tracemalloc.start()
    refused = _post(visit, body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert words.replace("\r\n", "\n") in refused.text.replace("\r\n", "\n")
    assert most < 12 * len(body)


@pytest.mark.parametrize("words", ["a+b c%d=e&f", "%41%%zz% ", "ŵ\r\n\r\n= 🙂 =3D", "<&>\"'"])
def test_a_large_text_is_given_back_to_the_letter(visit: Desk, words: str) -> None:
    """As a small one is."""
    refused = _post(visit, _body(visit, words + "x" * 1_600_000))
    (text,) = _texts(Page(refused))
    assert text.partition("xxx")[0] == words.replace("\r\n", "\n")


def _sent_whole(visit: Desk, words: str) -> tuple[TestResponse, float, float]:
    """The answer to a section sent with a text and another session's token, unread; seconds, and those of parsing."""
    body = _body(visit, words)
    begun = time.perf_counter()
    parse_qsl(body.decode())
    floor = time.perf_counter() - begun
    begun = time.perf_counter()
    refused = _post(visit, body)
    return refused, time.perf_counter() - begun, floor


def _body(visit: Desk, words: str) -> bytes:
    fields = {name: values[0] for name, values in visit.open("around").fields().items()}
    return urlencode({**fields, "q-saw": words, "csrf_token": "made up"}).encode()


def _post(visit: Desk, body: bytes) -> TestResponse:
    """The answer to a form, without looking whether it is fit to be shown, which takes longest."""
    form = "application/x-www-form-urlencoded"
    return FlaskClient.open(visit.visitor, visit.address("around"), method="POST", data=body, content_type=form)


@pytest.mark.parametrize("by_script", [True, False])
def test_a_text_past_the_limit_is_refused_and_everything_else_is_saved(visit: Desk, by_script: bool) -> None:
    """The limit and the length are named, and the text stays; exactly the limit is kept to the letter."""
    words = "Is\r\n" + "y" * (HARD_CAP + 4_207)
    if by_script:
        refused = visit.save("around", {"q-saw": words})
        assert refused.headers["Pith-Refused"] == "answer_too_long"
    else:
        refused = visit.visitor.send(visit.address("around"), {**visit.open("around").fields(), "q-saw": words})
        page = Page(refused)
        assert page.title.startswith("Error: ")
        assert page.fields()["q-saw"] == [words.replace("\r\n", "\n")]
    assert refused.status_code == 413
    assert "This answer has 104,210 characters; 100,000 is the most" in refused.text
    assert visit.open("around").fields()["q-saw"] == [""]
    longest = "a\r\n" * (HARD_CAP // 2)
    visit.save("around", {"q-saw": longest})
    assert visit.open("around").fields()["q-saw"] == [longest.replace("\r\n", "\n")]


def test_a_locked_database_says_so_and_the_words_are_sent_again(visit: Desk, settings: Settings) -> None:
    """Refused within ten seconds; the next save works."""
    fields = {**visit.open("around").fields(), "q-saw": WORDS}
    other = sqlite3.connect(settings.data / "demo.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    begun = time.perf_counter()
    refused = visit.visitor.send(visit.address("around"), fields)
    assert time.perf_counter() - begun < 10
    other.execute("ROLLBACK")
    other.close()
    assert refused.status_code == 503
    assert "Pith is busy" in refused.text
    saved = visit.visitor.post(visit.address("around"), data=_sent_again(Page(refused)))
    assert saved.status_code == 303
    assert visit.open("around").fields()["q-saw"] == [WORDS.replace("\r\n", "\n")]


def test_nothing_written_runs_on_the_page_that_gives_it_back(visit: Desk) -> None:
    """Shown as text, and sent again to the letter."""
    fields = {**visit.open("around").fields(), "csrf_token": "made up"}
    for words in NASTY:
        page = Page(visit.visitor.post(visit.address("around"), data={**fields, "q-saw": words}))
        assert _texts(page) == [words]
        assert _sent_again(page)["q-saw"] == [words]
        assert list(page.root.iter("img")) == []


def test_seconds_at_a_question_are_bounded(visit: Desk, settings: Settings) -> None:
    """An hour at most, nothing for what is no number; without the script none."""
    for told in ("75", "999999", "-4", "1e3", ""):
        visit.save("around", {"q-saw": f"told {told}"}, active_seconds=told)
    with sqlite3.connect(settings.data / "demo.sqlite") as connection:
        rows = connection.execute("SELECT active_seconds FROM answer_history WHERE question = 'saw' ORDER BY id")
        assert [seconds for (seconds,) in rows] == [75, 3600, 0, 0, 0]
    connection.close()
