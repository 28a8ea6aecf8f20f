"""Reading JSON: what is refused, with its place, and the line of every pointer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.source import LIMITS, Limits, Position, Unreadable, escape, read_json

TEXT = """{
  "form": "visit",
  "sections": [
    {"id": "a/b~c",
     "odd\\"key": {"x": 1}},
    [], {}
  ]
}"""


def refused(text: str | bytes, limits: Limits = LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_json(text, limits)
    assert caught.value.message
    assert caught.value.how_to_mend
    assert "{" not in caught.value.message + caught.value.how_to_mend.replace("}.", "")
    return caught.value


@pytest.mark.parametrize(
    ("pointer", "line", "column"),
    [
        ("", 1, 1),
        ("/form", 2, 3),
        ("/sections", 3, 3),
        ("/sections/0", 4, 5),
        ("/sections/0/id", 4, 6),
        ('/sections/0/odd"key/x', 5, 19),
        ("/sections/1", 6, 5),
        ("/sections/2", 6, 9),
    ],
)
def test_every_pointer_has_its_line_and_column(pointer: str, line: int, column: int) -> None:
    """A member is found at its key, a list item at its own first character."""
    source = read_json(TEXT)
    assert source.position(pointer) == Position(line, column)
    assert source.line(pointer) == line


def test_a_place_that_is_not_there_is_shown_where_it_would_belong() -> None:
    """A missing key points at what should hold it."""
    assert read_json(TEXT).line("/sections/0/why/en") == 4
    assert read_json("\n\n  3").position("/form") == Position(3, 3)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ('{"a": 1,\n "b": 2,\n "a": 3}', "duplicate_key", 3, 2),
        ('{"n": {"a/b": 1,\n "a/b": 3}}', "duplicate_key", 2, 2),
        ('{"a": "NaN",\n "b": NaN}', "not_json_number", 2, 7),
        ("[1,\n-Infinity]", "not_json_number", 2, 1),
        ("[1e999]", "not_json_number", 1, 2),
        ("[" + "9" * 5000 + "]", "not_json_number", 1, 2),
        ('{"a": "\\ud83d\\ude00",\n"b": "\\ud83d"}', "bad_characters", 2, 6),
        ('{"a":\n"\ud800"}', "bad_characters", 2, 2),
        (b'{"a":\n "caf\xe9"}', "bad_characters", 2, 6),
        ('{"a" 1}', "not_json", 1, 6),
        ('{"a": 1,\n}', "not_json", 2, 1),
        ('{"a": "x}', "not_json", 1, 7),
        ('{"a": "x\ty"}', "not_json", 1, 9),
        ('{"a": "\\d+"}', "not_json", 1, 8),
        ("{} {}", "not_json", 1, 4),
        ("", "not_json", 1, 1),
        ("{'a': 1}", "not_json", 1, 2),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(text: str | bytes, code: str, line: int, column: int) -> None:
    """Duplicate keys, numbers that are none, broken characters and bad grammar: code, line and column."""
    fault = refused(text)
    assert (fault.code, *fault.position) == (code, line, column)


@pytest.mark.parametrize(
    ("text", "line", "column", "words", "mend"),
    [
        ("", 1, 1, "The file is empty.", "copy a form"),
        (" \n\n", 1, 1, "The file is empty.", "copy a form"),
        ("{\n “a”: 1}", 2, 2, "The quotation mark “ is not", 'Write " in its place'),
        ('{"a": ‘x’}', 1, 7, "The quotation mark ‘ is not", 'Write " in its place'),
        ('{"a": "x”,\n "b": 1}', 1, 9, "The quotation mark ” is not", 'Write " in its place'),
        ('{"a": "x”, "b": 1}', 1, 9, "The quotation mark ” is not", 'Write " in its place'),
        ('{"a": "x”}\n', 1, 9, "The quotation mark ” is not", 'Write " in its place'),
        ('{"a”: "x"}', 1, 4, "The quotation mark ” is not", 'Write " in its place'),
        ("{'a': 1}", 1, 2, "A single quotation mark", 'Write "'),
        ('{"a": 1, // why\n "b": 2}', 1, 10, "A comment begins here", "Take it out"),
        ('{"a": 1 /* why */}', 1, 9, "A comment begins here", "Take it out"),
        ("# why\n{}", 1, 1, "A comment begins here", "Take it out"),
        ("{}\n// why", 2, 1, "A comment begins here", "Take it out"),
        ('{"a": True}', 1, 7, "True is not how JSON writes it.", "Write true, in small letters."),
        ('{"a": [1, None]}', 1, 11, "None is not how JSON writes it.", "Write null, in small letters."),
        ('{"a": visit}', 1, 7, "“visit” stands here without quotation marks.", 'Write " before and after it.'),
        ("{form: 1}", 1, 2, "“form” stands here without quotation marks.", 'Write " before and after it.'),
        ('{"a": "x" "b": 1}', 1, 11, "A comma or a closing bracket is missing", "Put it in."),
        ('{"a": "He said ”no” to" "b": 1}', 1, 25, "A comma or a closing bracket is missing", "Put it in."),
        ('{"a": }', 1, 7, "A value is missing.", "Write one"),
        ('{"a": "x\n"}', 1, 9, "A text holds a line end or a tab.", "Write \\n"),
    ],
)
def test_what_people_type_in_place_of_json_is_named(text: str, line: int, column: int, words: str, mend: str) -> None:
    """By what it is and how to mend it; curly marks inside a text are nobody's fault."""
    fault = refused(text)
    assert (fault.code, *fault.position) == ("not_json", line, column)
    assert fault.message.startswith(words)
    assert mend in fault.how_to_mend


@pytest.mark.parametrize("depth", [65, 2_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"not":', "}"), ("[", "")])
def test_deep_nesting_is_refused_before_parsing(depth: int, opening: str, closing: str) -> None:
    """However deep, whether or not it is ever closed, the bracket too many is named."""
    fault = refused("\n" + opening * depth + "1" + closing * depth)
    assert fault.code == "too_deep"
    assert fault.position == Position(2, 64 * len(opening) + 1)


def test_nesting_up_to_the_limit_is_read() -> None:
    """The deepest that is allowed is allowed, and brackets inside texts do not count."""
    assert read_json("[" * 64 + '"[[[\\"[["' + "]" * 64).value


def test_size_and_count_are_capped() -> None:
    """A text too long or with too many values is refused, whatever it holds."""
    assert refused('"' + "x" * 50 + '"', Limits(characters=50)).code == "too_large_to_read"
    assert refused(b"x" * 201, Limits(characters=50)).code == "too_large_to_read"
    assert refused("[1,2,3,[]]", Limits(values=4)).code == "too_many_values"
    assert read_json("[1,2,3,[]]", Limits(values=5)).value == [1, 2, 3, []]


def test_quotation_marks_that_never_close_cost_one_pass() -> None:
    """A million escaped quotation marks in a text without end is refused like any other."""
    assert refused('"' + '\\"' * 1_000_000).code == "not_json"


def test_a_byte_order_mark_is_no_fault() -> None:
    """Files saved by a word processor on Windows are read."""
    assert read_json(b'\xef\xbb\xbf{"a": "\xc3\xa9"}').value == {"a": "é"}


def test_whole_numbers_are_whole_however_written() -> None:
    """`1.0` and `1` are the same number to JSON, so to us."""
    value = read_json("[1.0, 2.5, 1e2]").value
    assert value == [1, 2.5, 100]
    assert [type(number) for number in value] == [int, float, int]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


def begins(value: object, here: str = "") -> list[tuple[str, object]]:
    """Each pointer below the root with the JSON that stands where it begins: a member's key, an item itself."""
    found: list[tuple[str, object]] = []
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in below:
        pointer = f"{here}/{escape(str(key))}"
        found += [(pointer, key if isinstance(value, dict) else inner), *begins(inner, pointer)]
    return found


@given(json_values, st.booleans(), st.sampled_from([None, 1]))
def test_any_json_is_read_and_every_place_in_it_found(value: object, ascii_only: bool, indent: int | None) -> None:
    """The value is what json reads, and each pointer leads to the text of its key or item."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    source = read_json(text)
    assert source.value == value
    starts = [0, *(index + 1 for index, character in enumerate(text) if character == "\n")]
    for pointer, expected in begins(value):
        line, column = source.position(pointer)
        assert json.JSONDecoder().raw_decode(text, starts[line - 1] + column - 1)[0] == expected


@given(st.text() | st.text(alphabet='[]{}",:\\1e.-N aut', max_size=12))
def test_a_text_is_read_as_json_does_or_refused_in_words(text: str) -> None:
    """No text at all ends in anything but a value or a refusal."""
    try:
        value = read_json(text).value
    except Unreadable:
        return
    assert value == json.loads(text)
