"""The pages around the draft of a form, one after the other, wide and narrow, with scripts and without."""

import json
from collections.abc import Callable
from typing import cast

from flask import Flask
from playwright.sync_api import Page

from tests.browser.admins import be
from tests.browser.fitness import check_fit, check_width
from tests.webapp.editor.drafting import Drafting
from tests.webapp.editor.newer_versions import OURS, publish_newer
from tests.webapp.editor.test_bring import bring
from tests.webapp.visitor import Visitor
from webapp.store.database import Database

WIDTHS = (1280, 375)
DRAFT = "/forms/visit/draft"
PAGES = (
    *("/forms/bring", "/forms/approval", "/forms/new", f"{DRAFT}/sections", f"{DRAFT}/cases"),
    *("/forms/visit/local", "/forms/visit/newer", "/forms/visit/publish"),
)


def _prepared(app: Flask, database: Database) -> str:
    """A draft with changes of its own, over its budget, on a base of which a newer version ships; a file brought."""
    ines = Drafting(cast("Visitor", app.test_client()).sign_in("Ines Marchbanks"), "visit").begin()
    form = json.loads(ines.text())
    form["budget"]["longest_path"] = 20
    form["sections"][0]["questions"][2]["label"] = OURS[0]["label"]
    assert ines.save(json.dumps(form)).status_code == 303
    publish_newer(database)
    address, _ = bring(ines.visitor, {**form, "title": "Home visit"})
    return address


def test_every_page_around_a_draft_is_fit(open_page: Callable[..., Page], app: Flask, database: Database) -> None:
    """Whatever the width, and whether its scripts came or not."""
    brought, page = _prepared(app, database), be(open_page(), "Ines Marchbanks")
    for address in (*PAGES, brought):
        for kept_away in ("*.js", "none"):
            page.context.unroute_all()
            page.context.route(f"**/{kept_away}*", lambda route: route.abort())
            page.goto(address)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                (check_fit if kept_away == "none" or width == WIDTHS[-1] else check_width)(page)
