"""Files that are no form, or mean harm: a refusal in words or a line with its place, and nothing done."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from time import process_time
from typing import Any

import openpyxl
import pytest

from engine.errors import BadInput
from engine.exports.xlsform import read, spreadsheet
from tests.engine.exports.workbooks import HEAD, TITLED, YES_NO, questions, survey, told, workbook


def _refused(content: bytes) -> str:
    begun = process_time()
    with pytest.raises(BadInput) as refusal:
        read(content)
    assert process_time() - begun < 10
    return refusal.value.message


def _archive(members: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return written.getvalue()


def _changed(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The same workbook with words of one of its parts replaced."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    assert old in members[name]
    members[name] = members[name].replace(old, new)
    return _archive(members)


@pytest.mark.parametrize(
    "content",
    [b"", b"type,name\n", b"PK\x03\x04 no", b"%PDF-1.7", b"{}", _archive({"a.txt": b"x"}), b"\xd0\xcf\x11\xe0" * 100],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes) -> None:
    """Text, pictures, old formats and other archives."""
    assert "no spreadsheet" in _refused(content)


def test_fifty_megabytes_are_refused_unread() -> None:
    """By the size, before anything is unpacked."""
    assert "10,000,000 bytes" in _refused(b"PK" + bytes(50_000_000))


def test_a_zip_bomb_is_refused_unread() -> None:
    """By the sizes that the archive states."""
    assert "32,000,000 bytes" in _refused(_archive({"xl/worksheets/sheet1.xml": bytes(200_000_000)}))
    assert "500 files" in _refused(_archive({f"{number}": b"" for number in range(600)}))


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    """What is more than was stated is not unpacked."""
    content = _archive({"[Content_Types].xml": bytes(60_000_000)})
    assert "no spreadsheet" in _refused(
        content.replace((60_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    )


def test_a_hundred_thousand_rows_are_refused() -> None:
    """More rows than anybody wrote."""
    content = workbook({"survey": [HEAD, ("text", "a", "A")]})
    rows = b'<row><c t="inlineStr"><is><t>text</t></is></c></row>' * 100_000
    assert "20,000 rows" in _refused(
        _changed(content, "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>")
    )


def test_entities_are_not_resolved() -> None:
    """A workbook that would read a file of this machine, or grow without end, is damaged."""
    bomb = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
    content = workbook({"survey": [HEAD, ("text", "a", "A")]})
    assert "no spreadsheet" in _refused(_changed(content, "xl/worksheets/sheet1.xml", b"<worksheet", bomb))


@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        ({"Sheet1": [HEAD]}, "There is no sheet called survey, only “Sheet1”"),
        ({"survey": []}, "no column type and no column name"),
        ({"survey": [("label",), ("A",)]}, "no column type and no column name"),
        ({"survey": [HEAD]}, "no rows"),
        ({"survey": [HEAD, (None, None, None)]}, "no rows"),
    ],
)
def test_sheets_that_hold_no_form_are_refused(sheets: Any, why: str) -> None:
    """With what is missing."""
    assert why in _refused(workbook(sheets))


def test_a_sheet_by_another_spelling_is_found() -> None:
    """Capitals and spaces do not matter; sheets that are not read are told."""
    found = read(workbook({" Survey ": [HEAD, ("text", "a", "A")], "Extra": [("x",)]}))
    assert list(questions(found)) == ["a"]
    assert [each.sheet for each in found.unfit if "not read" in each.message] == ["Extra"]


def test_formulas_are_not_worked_out() -> None:
    """Each is told with its place; what it would have given is not read."""
    found = survey(("text", "a", '=HYPERLINK("http://example.org", "click")'))
    assert "A formula stands here" in told(found, "survey", 2, "label")
    assert questions(found)["a"]["label"] == "a"


def test_scripts_are_words() -> None:
    """They come in as they are: pages escape them, and guidance is made safe where it is shown."""
    found = survey(("text", "a", "<script>alert(1)</script>"))
    assert questions(found)["a"]["label"] == "<script>alert(1)</script>"


def test_merged_cells_are_told() -> None:
    """What is merged looks as if it stood in every row."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    for line in (HEAD, ("text", "a", "A"), ("text", "b", None)):
        sheet.append(list(line))
    sheet.merge_cells("C2:C3")
    written = BytesIO()
    book.save(written)
    found = read(written.getvalue())
    assert "Merged cells" in told(found, "survey", 1, "C2:C3")
    assert questions(found)["b"]["label"] == "b"


def test_cycles_cannot_come_in() -> None:
    """A condition reads only what stands before it."""
    head = (*HEAD, "relevant")
    found = survey(("text", "a", "A", "${b} != ''"), ("text", "b", "B", "${a} != ''"), head=head)
    assert [each.get("show_when") for each in questions(found).values()] == [None, {"question": "a", "answered": True}]
    assert "stands before this one" in told(found, "survey", 2, "relevant")


def test_lists_with_faults() -> None:
    """Missing lists, values that stand twice, values that cannot be stored, lists that nobody uses."""
    choices = (*YES_NO, ("yn", "yes", "Again"), ("yn", "not yet", "Not yet"), ("other", "a", "A"), (None, "b", "B"))
    found = survey(("select_one yn", "a", "A"), ("select_one nothing", "b", "B"), choices=choices)
    assert [each["value"] for each in questions(found)["a"]["options"]] == ["yes", "no", "not_yet"]
    assert list(questions(found)) == ["a"]
    assert "stands twice" in told(found, "choices", 4, "name")
    assert "cannot" not in told(found, "choices", 5, "name")
    assert "belongs to nothing" in told(found, "choices", 7, "list_name")
    assert "No question" in told(found, "choices", 6, "list_name")
    assert "no list “nothing”" in told(found, "survey", 3, "type")


def test_groups_that_do_not_close() -> None:
    """A group without an end ends with the sheet, an end without a beginning is nothing."""
    found = survey(("end_group",), ("begin_group", "g", "G"), ("text", "a", "A"))
    assert "ends nothing" in told(found, "survey", 2, "type")
    assert "never ended" in told(found, "survey", 3, "type")
    assert list(questions(found)) == ["a"]


def test_a_thousand_groups_inside_each_other() -> None:
    """What nobody could read is left out from where it is too deep, and what follows is taken over."""
    begins = [("begin_group", f"g{number}", "G") for number in range(1_000)]
    ends = [("end_group",)] * 1_000
    found = survey(*begins, ("text", "deep", "Deep"), *ends, ("text", "a", "A"))
    assert list(questions(found)) == ["a"]
    assert "more than 30 deep" in told(found, "survey", 32, "type")


def test_so_many_faults_that_nobody_reads_them() -> None:
    """They are counted."""
    found = survey(*([("teleport", "a", "A")] * 2_500), ("text", "b", "B"))
    assert len(found.unfit) == 2_001
    assert found.unfit[-1].message == "502 more places did not fit."


def test_settings_that_cannot_be() -> None:
    """A version that is a date, an id with capitals, no title."""
    lines = (("form_title", "form_id", "version", "style"), (None, "My Form!", "2026112501", "pages"))
    found = read(workbook({"survey": [HEAD, ("text", "a", "A")], "choices": YES_NO, "settings": lines}))
    assert (found.definition["form"], found.definition["version"], found.definition["title"]) == (
        "my-form",
        1,
        "My Form!",
    )
    assert [each.column for each in found.unfit if each.sheet == "settings"] == [
        "style",
        "form_title",
        "form_id",
        "version",
    ]


@pytest.mark.parametrize(
    "cell", ["{", "[1]", '{"all": 3}', '{"question": "a"}', "[" * 5_000, '{"question": 1, "is": {}}']
)
def test_our_own_columns_may_hold_anything(cell: str) -> None:
    """What is no condition is told."""
    found = survey(("text", "a", "A", cell, cell), head=(*HEAD, "pith::show_when", "pith::not_known"))
    assert "neither yes nor no" in told(found, "survey", 2, "pith::not_known")
    assert told(found, "survey", 2, "pith::show_when")
    assert "show_when" not in questions(found)["a"]


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest of Pith works without it."""
    content = workbook({"survey": [HEAD, ("text", "a", "A")], "settings": TITLED})

    def missing() -> Iterator[None]:
        raise spreadsheet.NoPackage

    monkeypatch.setattr(spreadsheet, "_package", missing)
    assert 'install "pith[xlsform]"' in _refused(content)
