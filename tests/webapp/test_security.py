"""Headers, tokens and hosts: what a browser is told on every answer, and what is refused."""

import logging
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp import create_app
from webapp.access import open_to_all, rule_of
from webapp.accounts.gate import UnguardedRoute, refuse_unguarded, unguarded_routes
from webapp.assets import asset_path
from webapp.config import Settings
from webapp.refusals import STATUSES, status_of
from webapp.store.errors import DatabaseBusy, NoSuchRecord, StaleAnswer

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _nobody(arguments: Iterable[str]) -> dict[str, Any]:
    """Something for each; a token has the length that tokens have."""
    return {name: "x" * 43 if name == "token" else "x" for name in arguments}


def test_every_route_declares_its_rule(app: Flask) -> None:
    """A route without a rule is not served."""
    assert unguarded_routes(app) == ()
    app.view_functions["forgotten"] = lambda: "text"
    with pytest.raises(UnguardedRoute, match="forgotten"):
        refuse_unguarded(app)


def test_routes_open_to_all_say_why(app: Flask) -> None:
    """What needs no sign-in is little, and each has its reason."""
    rules = {name: rule for name, view in app.view_functions.items() if (rule := rule_of(view))}
    assert {name for name, rule in rules.items() if rule.open} <= {
        "accounts.again",
        "accounts.enter_again",
        "accounts.link",
        "accounts.sign_in",
        "accounts.sign_in_as",
        "accounts.sign_out",
        "accounts.use_link",
        "asset",
        "record.help",
    }
    assert all(rule.words for rule in rules.values())


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/static/nothing.css"])
def test_every_answer_carries_the_headers(path: str, client: Visitor) -> None:
    """Pages, errors and redirects alike; nothing inline can run and nothing is kept by a cache."""
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in WANTED} == WANTED
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_every_change_is_refused_without_its_token(app: Flask, client: Visitor) -> None:
    """No page elsewhere can make a signed-in browser change anything, whoever may change it."""
    paths = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    with app.test_request_context():
        addresses = [app.url_for(rule.endpoint, **_nobody(rule.arguments)) for rule in paths]
    assert "/sign-out" in addresses
    told: dict[str, set[int]] = {address: set() for address in addresses}
    for name in ("Adaeze Finch", "Tom Brackley", "Ines Marchbanks", "Petra Oakenfull"):
        client.sign_in(name)
        for address in addresses:
            told[address].add(client.post(address).status_code)
        assert name in client.get("/help").text
    assert [address for address, found in told.items() if found - {403} != {400}] == []


def test_no_get_changes_anything(app: Flask) -> None:
    """A route either shows or changes."""
    both = [rule.endpoint for rule in app.url_map.iter_rules() if {"GET", "POST"} <= (rule.methods or set())]
    assert both == []


def test_the_session_cookie_is_out_of_reach_of_scripts(client: Visitor) -> None:
    """The demonstration has no secure connection; its cookie is still kept from scripts and other sites."""
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("pith=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_outside_the_demonstration_the_cookie_is_bound_to_this_host_and_to_secure_connections(
    settings: Settings,
) -> None:
    """The name's prefix makes browsers refuse it from elsewhere."""
    app = create_app(Settings(data=settings.data, secret_key="x", database=settings.database_url), lambda: NOW)
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-pith"
    assert app.config["SESSION_COOKIE_SECURE"]
    assert "max-age=" in app.test_client().get("/sign-in").headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("example.test", 400),
        ("localhost.example.test", 400),
        ("127.0.0.1.example.test:80", 400),
        ("[::1", 400),
    ],
)
def test_the_demonstration_answers_this_machine_only(host: str, status: int, client: Visitor) -> None:
    """A name elsewhere that was made to lead here is refused."""
    assert client.get("/sign-in", headers={"Host": host}).status_code == status
    signed_out = client.get("/", headers={"Host": host}).status_code
    assert signed_out == (302 if status == 200 else 400)


def test_a_request_that_is_too_large_is_refused_in_words(worker: Visitor) -> None:
    """Ten million characters are not read, and the page says how many are."""
    response = worker.send("/sign-in", {"text": "x" * 10_000_000})
    assert response.status_code == 413
    assert "100,000 characters" in response.text


def test_the_longest_answer_of_any_alphabet_fits(client: Visitor) -> None:
    """A hundred thousand characters of four bytes each pass, however a browser writes them."""
    client.get("/sign-in")
    assert client.send("/sign-in", {"person": "🙂" * 100_000}).status_code == 404


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/sign-in", 405)])
def test_errors_have_the_look_of_a_page(method: str, path: str, status: int, client: Visitor) -> None:
    """An address that leads nowhere is answered in words."""
    response = client.open(path, method=method)
    assert response.status_code == status
    assert "<h1" in response.text


def test_an_error_of_ours_repeats_nothing_that_was_written(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the page nor the log holds words of an answer, nor where a query came from."""
    app = create_app(settings, lambda: NOW)

    @open_to_all("a test")
    def broken(word: str) -> str:
        raise ValueError(f"canary {word}")

    app.add_url_rule("/broken/<word>", "broken", broken)
    with caplog.at_level(logging.DEBUG):
        response = app.test_client().get("/broken/canary?canary=1")
    assert response.status_code == 500
    assert "canary" not in response.text
    assert "ValueError at GET /broken/<word>" in caplog.text
    assert "canary" not in caplog.text.replace('raise ValueError(f"canary {word}")', "")


def test_refusals_have_the_status_of_their_nearest_kind() -> None:
    """What is missing, stale or busy is told apart by the status too."""
    stale = StaleAnswer(place="q", mine="a", theirs="b", revision=2, by="Tom", at=NOW)
    assert [status_of(each) for each in (NoSuchRecord(), stale, DatabaseBusy())] == [404, 409, 503]
    assert all(400 <= status < 600 for status in STATUSES.values())


def test_styles_and_scripts_are_kept_for_a_year(client: Visitor) -> None:
    """They are named by their content, so a new one has a new name; they are small where the browser allows."""
    address = f"/static/{asset_path('govuk.css')}"
    plain, small = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert plain.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["Content-Type"] == "text/css; charset=utf-8"
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == "Accept-Encoding"
    assert len(small.data) < len(plain.data) / 3
    assert "Set-Cookie" not in plain.headers


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    """Restarting signs nobody out, and no other user of the machine can read the key."""
    settings = Settings(data=tmp_path)
    key = settings.signing_key
    assert len(key) > 40
    assert Settings(data=tmp_path).signing_key == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_post_from_another_site_takes_no_session_away(client: Visitor) -> None:
    """It comes without the cookie, and its answer sets none in the place of the real one."""
    response = client.post("/sign-out")
    assert response.status_code == 400
    assert "Set-Cookie" not in response.headers
