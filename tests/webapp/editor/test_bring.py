"""A form goes from one Pith to another: the same is told, what differs becomes a draft, and bad files are refused."""

import json
from time import process_time
from typing import Any

import pytest

from engine.exports import formats
from tests.engine.exports.workbooks import HEAD, TITLED, YES_NO, workbook
from tests.webapp.assessments.desk import Page
from tests.webapp.editor.drafting import HIDDEN, Drafting
from tests.webapp.editor.test_draft import SAW, ines
from tests.webapp.editor.test_publish import LIFE, PLAINER, WHY
from tests.webapp.visitor import Visitor
from webapp.library import LIBRARY, read_definition

__all__ = ["ines"]

Json = Any
VISIT = json.loads((LIBRARY / "visit" / "1.json").read_bytes())
COLOUR = {"id": "colour", "type": "short_text", "kind": "fact", "label": "Which colour?", "why": "To know"}

SHADE = {**COLOUR, "type": "choice", "code_list": "shades"}
SHADES: Json = {"shades": {"code_list": "shades", "title": "Shades", "options": [{"value": "1", "label": "Blue"}]}}
UNKNOWN = "There is no code list “shades”"


@pytest.fixture
def admin(client: Visitor) -> Visitor:
    """Ines, who looks after forms."""
    return client.sign_in("Ines Marchbanks")


def changed(**keys: Json) -> Json:
    """The visit with another title for its last section, one question more in it, another in other words."""
    data = json.loads(json.dumps({**VISIT, **keys}))
    data["sections"][-1]["title"] = "And then"
    data["sections"][-1]["questions"].insert(1, COLOUR)
    for section in data["sections"]:
        for question in section["questions"]:
            question["label"] = PLAINER if question["label"] == SAW else question["label"]
    return data


def send(visitor: Visitor, content: bytes, name: str = "form.json") -> Any:
    """Choose a file and press Look at it."""
    visitor.get("/forms/bring")
    heads = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{visitor.token}\r\n',
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n',
    )
    body = "".join(heads).encode() + content + b"\r\n--x--\r\n"
    return visitor.post("/forms/bring", data=body, content_type="multipart/form-data; boundary=x")


def bring(visitor: Visitor, form: Json) -> tuple[str, Page]:
    """Bring a form; the address of what follows, and the page."""
    response = send(visitor, json.dumps(form).encode())
    assert response.status_code == 303, Page(response).text
    return response.location, Page(visitor.get(response.location))


def based_on(page: Page) -> dict[str, str]:
    """What the page says the draft stands at; nothing where it shows none."""
    return dict(HIDDEN.findall(page.response.text))


def take(visitor: Visitor, address: str, **sent: Any) -> Any:
    """Load the page and press a button of it."""
    return visitor.send(address, {**based_on(Page(visitor.get(address))), **sent})


def test_what_is_downloaded_is_the_same_where_it_is_brought(ines: Drafting) -> None:
    """With its mark, code lists and cases, and without the name of anybody; nothing is made of it."""
    ines.change(LIFE, PLAINER)
    ines.publish(**WHY)
    file = ines.visitor.get("/forms/visit/versions/own-1/download")
    assert file.headers["Content-Disposition"] == 'attachment; filename="visit-own-1.json"'
    held = json.loads(file.data)
    assert held["content_hash"] in ines.visitor.get("/forms/visit/versions").text
    assert held["cases"]
    assert held["origin"] == {"authority": "Northshire Council", "published": "2026-03-12", "why": WHY["reason"]}
    assert "Marchbanks" not in file.text
    page = Page(ines.visitor.get(send(ines.visitor, file.data).location)).text
    assert "This is the same as your version 1, in use here. There is nothing to do." in page
    assert "What shall become of it?" not in page
    assert "it was changed after it left" not in page
    held["definition"]["title"] = "Other"
    assert (
        "it was changed after it left"
        in Page(ines.visitor.get(send(ines.visitor, json.dumps(held).encode()).location)).text
    )


def test_another_number_alone_is_the_same(admin: Visitor) -> None:
    """Numbers are each authority's own."""
    assert (
        "This is the same as version 1 as it comes with Pith, in use here."
        in bring(admin, {**VISIT, "version": 7})[1].text
    )


def test_a_draft_is_downloaded_too(ines: Drafting) -> None:
    """As it stands; one that is no JSON is refused with words."""
    ines.change(SAW, PLAINER)
    held = json.loads(ines.visitor.get(f"{ines.address}/download").data)
    assert PLAINER in json.dumps(held["definition"])
    ines.save("{")
    assert ines.visitor.get(f"{ines.address}/download").status_code == 400


def test_what_differs_is_told_in_words_and_put_in_place_of_the_draft(ines: Drafting) -> None:
    """Undo brings back what stood there."""
    ines.change(LIFE, "Words of this draft?")
    before = ines.text()
    address, page = bring(ines.visitor, changed(version=4))
    assert "There is a form with this id here, and this one differs from it." in page.text
    assert "What it has other than the draft" in page.text
    assert "“Which colour?” is new, in “And then”." in page.text
    assert take(ines.visitor, address, act="all").status_code == 303
    assert json.loads(ines.text()) == changed(version=1)
    assert "Brought form.json in place of what stood here" in ines.look().text
    ines.press("/undo", **ines.based())
    assert ines.text() == before


def test_without_a_draft_one_is_begun_and_undo_shows_what_is_in_use(admin: Visitor) -> None:
    """The version in use stays what it is."""
    address, _ = bring(admin, changed())
    take(admin, address, act="all")
    drafting = Drafting(admin)
    assert json.loads(drafting.text()) == changed()
    drafting.press("/undo", **drafting.based())
    assert json.loads(drafting.text()) == VISIT


def test_pieces_are_taken_one_by_one(ines: Drafting) -> None:
    """New ones stand after what stands before them there; what is not ticked stays as it is."""
    address, page = bring(ines.visitor, changed())
    assert "The section “And then”, its own words (changed)" in page.text
    assert "Which colour? in And then (new)" in page.text
    refused = take(ines.visitor, address, act="pieces", piece="q:no-such")
    assert refused.status_code == 400
    assert "Tick at least one piece" in Page(refused).text
    take(ines.visitor, address, act="pieces", piece=["q:colour"])
    found = json.loads(ines.text())
    assert found["sections"][-1]["questions"][1] == COLOUR
    assert found["sections"][-1]["title"] == VISIT["sections"][-1]["title"]
    assert SAW in ines.text()
    assert "Took 1 piece of form.json" in ines.look().text


def test_settings_and_the_order_are_pieces_too(ines: Drafting) -> None:
    """Each by itself: what was not ticked stays as it is here."""
    form = json.loads(ines.text())
    turned = json.loads(json.dumps(form["sections"]))
    turned[0]["questions"][-2:] = turned[0]["questions"][:-3:-1]
    other = {**form, "title": "Home visit", "budget": {"minutes": 30}, "sections": turned}
    del other["sign_off"]
    address, page = bring(ines.visitor, other)
    for words in ("Title of the form itself (changed)", "Sign-off of the form itself (gone)", "The order of sections"):
        assert words in page.text
    take(ines.visitor, address, act="pieces", piece=["f:budget", "f:sign_off", "o:"])
    left = {key: each for key, each in form.items() if key != "sign_off"}
    assert json.loads(ines.text()) == {**left, "budget": {"minutes": 30}, "sections": turned}


@pytest.mark.parametrize("sent", [{"act": "all"}, {"act": "pieces", "piece": ["q:colour"]}], ids=["all", "pieces"])
def test_a_change_that_the_page_did_not_show_is_not_overwritten(ines: Drafting, sent: Json) -> None:
    """Nothing is done and it is told; what was ticked stays ticked, and pressed again it is done."""
    address, page = bring(ines.visitor, changed())
    ines.change(LIFE, "Words of another window?")
    before = ines.text()
    refused = ines.visitor.send(address, {**based_on(page), **sent})
    assert (refused.status_code, ines.text()) == (409, before)
    told = Page(refused)
    assert told.title.startswith("Not taken: ")
    assert "You changed the draft in another window" in told.text
    assert ('value="q:colour" checked' in refused.text) == (sent["act"] == "pieces")
    assert ines.visitor.send(address, {**based_on(told), **sent}).status_code == 303


def test_a_draft_begun_or_ended_since_the_page_is_told(admin: Visitor) -> None:
    """What was begun meanwhile is not written over, and what was discarded is not begun anew unseen."""
    address, page = bring(admin, changed())
    drafting = Drafting(admin).begin()
    refused = admin.send(address, {**based_on(page), "act": "all"})
    assert refused.status_code == 409
    assert json.loads(drafting.text()) == VISIT
    shown = based_on(Page(refused))
    drafting.press("/discard", **drafting.based())
    refused = admin.send(address, {**shown, "act": "all"})
    assert refused.status_code == 409
    assert "The draft was published or discarded while your page was open." in Page(refused).text
    assert admin.send(address, {**based_on(Page(refused)), "act": "all"}).status_code == 303


def test_a_new_section_of_questions_that_stand_elsewhere_is_no_piece(ines: Drafting) -> None:
    """It would stand there without a question; one that brings a question more is a piece with that alone."""
    form = json.loads(json.dumps(VISIT))
    moved: Json = {"id": "moved", "title": "Moved", "questions": [form["sections"][0]["questions"].pop()]}
    form["sections"].insert(1, moved)
    address, page = bring(ines.visitor, {**form, "title": "Moved visit"})
    assert 'value="s:moved"' not in page.response.text
    assert take(ines.visitor, address, act="pieces", piece="s:moved").status_code == 400
    moved["questions"].append(COLOUR)
    address, page = bring(ines.visitor, {**form, "title": "Moved visit"})
    assert "What was taken out only goes with the whole form" in page.text
    assert take(ines.visitor, address, act="pieces", piece="s:moved").status_code == 303
    assert json.loads(ines.text())["sections"][1]["questions"] == [COLOUR]


def test_both_are_kept_under_an_id_that_is_free(ines: Drafting) -> None:
    """The draft that is open stays; a form of its own is begun, published, and begun by a worker."""
    before = ines.text()
    address, _ = bring(ines.visitor, changed())
    for form, told in (("visit", "There is a form with the id visit already"), ("Big Visit", "An id begins with")):
        refused = ines.visitor.send(address, {"act": "both", "form": form})
        assert refused.status_code == 400
        assert told in Page(refused).text
    assert ines.visitor.send(address, {"act": "both", "form": "short-visit"}).location == "/forms/short-visit/draft"
    assert ines.text() == before
    other = Drafting(ines.visitor, "short-visit")
    page = other.look().text
    assert "It is a new form." in page
    assert "What changed since an empty form" in page
    assert "Drafts of new forms" in Page(ines.visitor.get("/forms")).text
    assert ines.visitor.send(address, {"act": "both", "form": "short-visit"}).status_code == 400
    assert "No version is in use." in Page(ines.visitor.get("/forms/short-visit/publish")).text
    assert other.publish(**WHY, budget_reason="One more").status_code == 303
    assert "Your version 1, in use" in Page(ines.visitor.get("/forms/short-visit/versions")).text
    assert "Drafts of new forms" not in Page(ines.visitor.get("/forms")).text


def test_a_form_with_the_name_of_a_page_gets_another_id(admin: Visitor) -> None:
    """Its draft would be where that page is."""
    address, _ = bring(admin, {**VISIT, "form": "compare"})
    refused = take(admin, address, act="all")
    assert refused.status_code == 400
    assert "Pith has a page of its own called compare: choose another id" in Page(refused).text
    assert take(admin, address, act="both", form="compared").location == "/forms/compared/draft"


def test_a_form_that_is_not_here_becomes_the_draft_of_a_new_one(admin: Visitor) -> None:
    """With the code lists that came with it; discarded, it can be brought back."""
    form = {
        **VISIT,
        "form": "shade",
        "sections": [{"id": "s", "title": "S", "questions": [SHADE]}],
        "read_first": [],
    }
    form.pop("timescale")
    address, page = bring(admin, {"pith_bundle": 1, "definition": form, "code_lists": SHADES})
    assert "There is no form with this id here." in page.text
    assert "shades is not here: it comes with the form." in page.text
    assert take(admin, address, act="all").location == "/forms/shade/draft"
    drafting = Drafting(admin, "shade")
    assert "Nothing has to be mended" in drafting.look().text
    drafting.press("/discard", **drafting.based())
    assert "Bring back the draft that was discarded" in drafting.look_at("").text
    drafting.press("/bring-back")
    assert drafting.publish(**WHY, budget_reason="b").status_code == 303


def test_a_list_that_came_with_a_draft_is_gone_with_it(ines: Drafting) -> None:
    """The same form brought without it then names a list that is not there; brought with it, it comes again."""
    form = {**VISIT, "form": "shade", "sections": [{"id": "s", "title": "S", "questions": [SHADE]}], "read_first": []}
    form.pop("timescale")
    whole = {"pith_bundle": 1, "definition": form, "code_lists": SHADES}
    address, _ = bring(ines.visitor, whole)
    take(ines.visitor, address, act="all")
    assert "This is what stands in the draft here" in bring(ines.visitor, {**whole, "code_lists": {}})[1].text
    shade = Drafting(ines.visitor, "shade")
    shade.press("/discard", **shade.based())
    assert UNKNOWN in bring(ines.visitor, {**whole, "code_lists": {}})[1].text
    address, page = bring(ines.visitor, whole)
    assert "shades is not here: it comes with the form." in page.text
    take(ines.visitor, address, act="all")
    assert "Nothing has to be mended" in shade.look().text


def test_a_list_that_is_here_with_other_codes_is_named(admin: Visitor) -> None:
    """Those that are here are used."""
    name = next(iter(sorted((LIBRARY / "code_lists").glob("*.json")))).stem
    theirs = {"code_list": name, "title": "T", "options": [{"value": "1", "label": "Blue"}]}
    form = {**changed(), "title": "Other"}
    _, page = bring(admin, {"pith_bundle": 1, "definition": form, "code_lists": {name: theirs}})
    assert f"{name} is here with other codes: those that are here are used." in page.text


def test_a_spreadsheet_is_brought_with_what_did_not_fit(ines: Drafting) -> None:
    """In the XLSForm format; what came out of Pith is the same when it comes back."""
    there = formats()["xlsform"].write(read_definition(LIBRARY / "visit" / "1.json")[0]).content
    page = Page(ines.visitor.get(send(ines.visitor, there, "visit.xlsx").location)).text
    assert "This is the same as version 1 as it comes with Pith" in page
    rows = (("begin_group", "g", "Home"), ("select_one yn", "seen", "Seen?"), ("geopoint", "at", "Where?"))
    foreign = workbook({"survey": [HEAD, *rows, ("end_group",)], "choices": YES_NO, "settings": TITLED})
    page = Page(ines.visitor.get(send(ines.visitor, foreign, "family.xlsx").location)).text
    assert "From family.xlsx" in page
    assert "“geopoint” has no place in a form of Pith." in page
    assert "to mend before it can be published" in page
    for content, name, told in ((b"{}", "a.xlsx", "This is no spreadsheet"), (b"{}", "a.doc", "end with .json")):
        assert told in Page(send(ines.visitor, content, name)).text


def _many(count: int) -> bytes:
    question = {**COLOUR}
    questions = [{**question, "id": f"q{number}"} for number in range(count)]
    return json.dumps({"form": "f", "sections": [{"id": "s", "questions": questions}]}).encode()


def _listed(**keys: Json) -> bytes:
    """A bundle with a code list whose first code is written wrongly."""
    lists = {"shades": {**SHADES["shades"], "options": [{**SHADES["shades"]["options"][0], **keys}]}}
    return json.dumps({"pith_bundle": 1, "definition": VISIT, "code_lists": lists}).encode()


def _in_short(count: int) -> bytes:
    """So many questions that are nothing but an id."""
    return b'{"form": "visit", "sections": [{"id": "s", "questions": [%b]}]}' % b",".join([b'{"id":"q"}'] * count)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Dear Ines", "letter.json is not a form from Pith. Line 1: “Dear” stands here without quotation marks."),
        (b"\x89PNG\r\n\x1a\n\x00", "letter.json is not a form from Pith: it is not text, but perhaps a picture"),
        (json.dumps(VISIT, indent=1).encode()[:900], "letter.json is not a form from Pith: it ends in the middle"),
        ("{“title”: 1}".encode("cp1252"), "letter.json is not a form from Pith. Line 1: A character here is broken"),
    ],
    ids=["a letter", "a picture", "cut short", "another encoding"],
)
def test_what_is_no_form_is_told_by_its_name(client: Visitor, content: bytes, told: str) -> None:
    """The file and what it looks like come first, then the line; folders that a browser sends are left out."""
    response = send(client.sign_in("Ines Marchbanks"), content, "C:\\Letters\\letter.json")
    assert response.status_code == 400
    assert told in Page(response).text
    assert "Line " in Page(response).text


SCRIPT = json.dumps({**VISIT, "title": "x<script>alert(1)</script>"}, indent=1).encode()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Choose a file first"),
        (b"not JSON", "Line 1:"),
        (b'{\n"form" "f"}', "Line 2: A colon is missing"),
        (b"[" * 2_000 + b"]" * 2_000, "Line 1: Brackets stand inside brackets here, more than 64 deep."),
        (b"[]", "neither a form nor a bundle of one"),
        (b'{"pith_bundle": 2, "definition": {"sections": []}}', "made by a newer Pith"),
        (b"\xff\xfe", "Line 1:"),
        (_many(6_000), "The form has 6,000 questions, more than the 5,000"),
        (_in_short(100_000), "The form has 100,000 questions, more than the 5,000"),
        (b" " * 4_000_001, "Line 1: The file is longer than the 4,000,000 characters that are read"),
        (b'{"sections": ' * 2_000 + b"1" + b"}" * 2_000, "Line 1: Brackets stand inside brackets here"),
        (b'{"sections": [' + b"{}," * 250_001 + b"{}]}", "Line 1:"),
        (_listed(**{"from": 2020}), "The code list “shades” is not written as one: /options/0/from has to be text"),
        (_listed(value=5), "/options/0/value has to be text"),
        (_listed(group={}), "/options/0/group has to be text"),
        (SCRIPT, "(/title) holds a script, “<script>alert(1)</script>”"),
        (b" " * 5_000_001, "larger than 5 MB"),
    ],
    ids=[
        *(
            "nothing",
            "words",
            "a line",
            "deep",
            "a list",
            "newer",
            "bytes",
            "many",
            "a hundred thousand",
            "long",
            "deep objects",
            "values",
            "day",
            "value",
            "group",
            "script",
            "too long",
        )
    ],
)
def test_a_bad_file_is_refused_with_its_place(ines: Drafting, content: bytes, told: str) -> None:
    """Within seconds, and the draft is untouched."""
    before, begun = ines.text(), process_time()
    refused = send(ines.visitor, content)
    assert refused.status_code in (400, 413)
    assert process_time() - begun < 5
    page = Page(refused)
    assert told in page.text
    assert page.title.startswith("Error: Bring a form")
    assert ines.text() == before


def test_fifty_megabytes_are_not_even_read(ines: Drafting) -> None:
    """The limit of this page is named, and that of other pages stays."""
    refused = send(ines.visitor, b"x" * 50_000_000)
    assert refused.status_code == 413
    assert "at most 5.1 MB" in Page(refused).text
    assert ines.save("x" * 2_000_000).status_code == 413


@pytest.mark.parametrize(
    "form", [{"sections": [1]}, {"sections": [{"questions": 1}]}, {"form": 7, "title": [], "sections": []}]
)
def test_what_is_no_form_yet_is_a_draft_with_things_to_mend(admin: Visitor, form: Json) -> None:
    """Whatever stands in it, the page says what has to be mended."""
    address, page = bring(admin, form)
    assert "to mend before it can be published" in page.text
    response = take(admin, address, act="all")
    assert response.status_code == 303
    assert "to mend before it can be published" in Page(admin.get(response.location)).text


def test_what_somebody_brought_is_theirs(admin: Visitor) -> None:
    """The address opens nothing for anybody else."""
    address, _ = bring(admin, changed())
    assert admin.get(address).status_code == 200
    assert admin.sign_in("Rowan Tideswell").get(address).status_code == 403


def test_cases_come_along_once(admin: Visitor) -> None:
    """Those of a form that becomes a new one are kept; brought again none is doubled; a download holds them."""
    case = {"title": "A short call", "answers": {}, "expect": {"problems": []}}
    cases = {"short": case, "none": {"title": "No case"}}
    for act in ("both", "all"):
        form = VISIT if act == "both" else {**VISIT, "form": "home-visit", "purpose": "To be told apart."}
        response = send(admin, formats()["bundle"].bundle(form, "", {}, cases, {}).content)
        taken = take(admin, response.location, act=act, form="home-visit")
        assert taken.location == "/forms/home-visit/draft"
    found = json.loads(admin.get("/forms/home-visit/draft/download").data)
    assert list(found["cases"].values()) == [case]
