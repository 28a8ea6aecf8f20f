"""How long somebody is at a question is told with each save: active seconds, once each, and idle ones never."""

from urllib.parse import parse_qs

from playwright.sync_api import Page, Route, expect

from tests.browser.visits import saw, status


def _type_for(page: Page, seconds: int) -> None:
    """A key each second."""
    for _ in range(seconds):
        saw(page).press_sequentially("a")
        page.clock.run_for(1000)


def _save(page: Page) -> dict[str, list[str]]:
    """Pause; gives what the save held."""
    with page.expect_response(lambda response: response.headers.get("pith-save") == "saved") as answer:
        page.clock.run_for(2500)
    sent = parse_qs(answer.value.request.post_data or "")
    saw(page).focus()
    return sent


def test_active_seconds_are_told_once_and_idle_ones_never(visit: Page) -> None:
    """Half a minute without a key is no work; the next save begins at nothing."""
    visit.clock.install()
    saw(visit).focus()
    _type_for(visit, 5)
    first = int(_save(visit)["active_seconds"][0])
    assert first >= 4
    visit.clock.fast_forward(31_000)
    saw(visit).press_sequentially("c")
    assert int(_save(visit)["active_seconds"][0]) < 4


def test_a_save_sent_again_tells_the_same_number(visit: Page) -> None:
    """What was not acknowledged is told again under the same key, however long that takes."""
    told: list[tuple[str, str]] = []

    def lose_the_first(route: Route) -> None:
        sent = parse_qs(route.request.post_data or "")
        told.append((sent["key"][0], sent["active_seconds"][0]))
        route.continue_() if len(told) > 1 else route.abort()

    visit.route("**/sections/around", lose_the_first)
    saw(visit).press_sequentially("Two", delay=700)
    visit.keyboard.press("Tab")
    expect(status(visit)).to_have_text("Saved 09:30")
    assert len(told) == 2
    assert told[0] == told[1]
    assert int(told[0][1]) >= 1
