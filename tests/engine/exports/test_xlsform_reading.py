"""An XLSForm from elsewhere becomes a form: what fits, and what is told where it does not."""

from typing import Any

import pytest

from tests.definitions.library import code_lists
from tests.engine.exports.workbooks import YES_NO, questions, survey, told

Json = Any
TYPES: list[tuple[str, dict[str, Json]]] = [
    ("text", {"type": "short_text"}),
    ("integer", {"type": "number", "integer": True}),
    ("decimal", {"type": "number"}),
    ("date", {"type": "date"}),
    ("dateTime", {"type": "date", "time": True}),
    ("note", {"type": "statement"}),
    ("range", {"type": "scale"}),
    ("select_one yn", {"type": "yes_no"}),
    ("select one from tie", {"type": "choice"}),
    ("select_multiple tie", {"type": "choices"}),
    ("acknowledge", {"type": "yes_no"}),
]
TIES = (*YES_NO, ("tie", "lives", "Lives here"), ("tie", "visits", "Visits"))
ASKED = (
    ("select_one yn", "q", "Q"),
    ("select_multiple tie", "m", "M"),
    ("select_one tie", "c", "C"),
    ("integer", "n", "N"),
    ("date", "d", "D"),
    ("text", "t", "T"),
    ("calculate", "w", "W", "", "", "${n} + ${n}"),
    ("begin_repeat", "people", "People"),
    ("integer", "age", "Age"),
    ("text", "more", "More", "${age} > 2 and ${q} = 'yes'"),
    ("end_repeat", "", ""),
)
HEAD = ("type", "name", "label", "relevant", "constraint", "calculation", "parameters", "appearance")


def _asked_when(relevant: str) -> tuple[Json, list[str]]:
    found = survey(*ASKED, ("text", "last", "Last", relevant), head=HEAD, choices=TIES)
    words = [each.message for each in found.unfit if each.column == "relevant" and each.name == "last"]
    return questions(found)["last"].get("show_when"), words


@pytest.mark.parametrize(("row_type", "expected"), TYPES, ids=[row_type for row_type, _ in TYPES])
def test_types(row_type: str, expected: dict[str, Json]) -> None:
    """Each type that both have is that type; groups of rows that say the same are one."""
    found = questions(survey((row_type, "a", "A"), choices=TIES))["a"]
    assert expected.items() <= found.items()
    assert (found["kind"], found["label"]) == ("fact", "A")


def test_looks_that_mean_a_type() -> None:
    """Several lines are a long text; a range in other steps is a number."""
    found = questions(
        survey(
            ("text", "a", "A", "", "", "", "", "multiline"),
            ("range", "b", "B", "", "", "", "start=1 end=9 step=2"),
            ("range", "c", "C", "", "", "", "start=1 end=5 step=1"),
            head=HEAD,
        )
    )
    assert found["a"]["type"] == "long_text"
    assert {"type": "number", "minimum": 1, "maximum": 9, "step": 2}.items() <= found["b"].items()
    assert {"type": "scale", "minimum": 1, "maximum": 5}.items() <= found["c"].items()


@pytest.mark.parametrize(
    ("relevant", "condition"),
    [
        ("${q} = 'yes'", {"question": "q", "is": "yes"}),
        ("'yes' = ${q}", {"question": "q", "is": "yes"}),
        ("${q} != 'yes'", {"not": {"question": "q", "is": "yes"}}),
        ("${q} != '' and ${q} != 'yes'", {"question": "q", "is_not": "yes"}),
        ("selected(${q}, 'yes')", {"question": "q", "is": "yes"}),
        ("selected(${m}, 'lives')", {"question": "m", "includes": "lives"}),
        (
            "selected(${m}, 'lives') or selected(${m}, 'visits')",
            {"question": "m", "includes_any": ["lives", "visits"]},
        ),
        ("${c}='lives' or ${c}='visits'", {"question": "c", "in": ["lives", "visits"]}),
        ("not(selected(${m}, 'lives'))", {"not": {"question": "m", "includes": "lives"}}),
        ("${n} >= 3", {"question": "n", "at_least": 3}),
        ("${n} < -1.5", {"question": "n", "less_than": -1.5}),
        ("3 < ${n}", {"question": "n", "more_than": 3}),
        ("${n} = 3", {"question": "n", "is": 3}),
        ("${d} > date('2026-01-31')", {"question": "d", "after": "2026-01-31"}),
        ("${d} < today()", {"question": "d", "before": "today"}),
        (
            "${d} <= '2026-01-31'",
            {"all": [{"question": "d", "answered": True}, {"not": {"question": "d", "after": "2026-01-31"}}]},
        ),
        ("${t} != ''", {"question": "t", "answered": True}),
        ("${t} = ''", {"not": {"question": "t", "answered": True}}),
        ("string-length(${t}) > 0", {"question": "t", "answered": True}),
        ("count-selected(${m}) >= 1", {"question": "m", "answered": True}),
        ("count(${people}) > 0", {"question": "people", "answered": True}),
        (
            "${n} > 1 and (${q} = 'yes' or ${t} != '')",
            {
                "all": [
                    {"question": "n", "more_than": 1},
                    {"any": [{"question": "q", "is": "yes"}, {"question": "t", "answered": True}]},
                ]
            },
        ),
    ],
)
def test_conditions(relevant: str, condition: Json) -> None:
    """What both can say is the same condition, and nothing is told of it."""
    assert _asked_when(relevant) == (condition, [])


@pytest.mark.parametrize(
    ("relevant", "why"),
    [
        ("${t} = 'mum'", "no condition of Pith compares it"),
        ("${w} > 3", "worked out"),
        ("${age} > 3", "only its own row"),
        ("${nobody} = 1", "is not a question that stands before this one"),
        ("${last} = 1", "is not a question that stands before this one"),
        ("${q} = 'maybe'", "is not one of the choices"),
        ("string-length(${t}) > 10", "not how long it is"),
        ("regex(${t}, '^a+$')", "regex()"),
        ("pulldata('x', 'y', 'z', ${q}) = '1'", "one answer with one value"),
        ("${n} > ${age}", "one answer with one value"),
        ("${q} = 'yes' and", "ends too early"),
        ("${q} = 'yes' )", "not understood"),
        ("(" * 400, "20 deep"),
        ("not(" * 900 + "1" + ")" * 900, "longer than 4,000"),
        ("true()", "true()"),
        ("${d} = today()", "not whether it is today"),
        ("../q = 'yes'", "not understood"),
    ],
)
def test_conditions_that_do_not_fit(relevant: str, why: str) -> None:
    """The question is asked always, and the row says which words were not understood."""
    condition, words = _asked_when(relevant)
    assert condition is None
    assert len(words) == 1
    assert why in words[0]
    assert words[0].endswith("It is always asked now.")


def test_a_column_reads_its_own_row() -> None:
    """Inside a repeat, a name of the same repeat is a row's, another the form's."""
    found = questions(survey(*ASKED, head=HEAD, choices=TIES))["people.more"]
    assert found["show_when"] == {"all": [{"row": "age", "more_than": 2}, {"question": "q", "is": "yes"}]}


@pytest.mark.parametrize(
    ("row_type", "constraint", "settings"),
    [
        ("integer", ". >= 0 and . <= 150", {"minimum": 0, "maximum": 150}),
        ("integer", ".>0 and .<10", {"minimum": 1, "maximum": 9}),
        ("decimal", ". >= -0.5", {"minimum": -0.5}),
        ("date", ". <= today()", {"not_after": "today"}),
        ("date", ". >= date('2020-01-01') and . >= ${d}", {"not_before": "d"}),
        ("text", "string-length(.) < 41", {"max_length": 40}),
    ],
)
def test_limits(row_type: str, constraint: str, settings: dict[str, Json]) -> None:
    """Limits that a type has are its limits."""
    found = survey(("date", "d", "D"), (row_type, "a", "A", "", constraint), head=HEAD)
    assert settings.items() <= questions(found)["a"].items()
    assert [each for each in found.unfit if each.name == "a"] == []


@pytest.mark.parametrize("constraint", ["regex(., '^[0-9]+$')", ". > 0.5", ". < ${other}", "count-selected(.) <= 2"])
def test_limits_that_do_not_fit(constraint: str) -> None:
    """Each is told with the words it was written in."""
    found = survey(("decimal", "a", "A", "", constraint), head=HEAD)
    assert constraint in told(found, "survey", 2, "constraint")
    assert not {"minimum", "maximum"} & set(questions(found)["a"])


def test_an_option_that_stands_alone() -> None:
    """The usual constraint for none of these is the setting of the option."""
    constraint = "not(selected(., 'visits') and count-selected(.) > 1)"
    found = survey(("select_multiple tie", "a", "A", "", constraint), head=HEAD, choices=TIES)
    assert [each.get("exclusive") for each in questions(found)["a"]["options"]] == [None, True]
    assert [each for each in found.unfit if each.column == "constraint"] == []


@pytest.mark.parametrize(
    ("calculation", "function", "of"),
    [
        ("int((today() - ${d}) div 365.25)", "age", ["d"]),
        ("${n} + ${n2}", "sum", ["n", "n2"]),
        ("sum(${age})", "sum", ["people.age"]),
        ("count(${people})", "count", ["people"]),
        ("${d2} - ${d}", "days_between", ["d", "d2"]),
    ],
)
def test_calculations(calculation: str, function: str, of: list[str]) -> None:
    """The few that both have are worked out."""
    more = (("integer", "n2", "N2"), ("date", "d2", "D2"), ("calculate", "a", "A", "", "", calculation))
    found = questions(survey(*ASKED, *more, head=HEAD, choices=TIES))["a"]
    assert (found["function"], found["of"]) == (function, of)


@pytest.mark.parametrize("calculation", ["concat(${t}, 'x')", "pulldata('a', 'b', 'c', ${t})", "${t} + ${n}", ""])
def test_calculations_that_do_not_fit(calculation: str) -> None:
    """The row is left out, and said to be."""
    found = survey(*ASKED, ("calculate", "a", "A", "", "", calculation), head=HEAD, choices=TIES)
    assert "a" not in questions(found)
    assert told(found, "survey", 13, "calculation")


@pytest.mark.parametrize(
    "row_type", ["geopoint", "image", "audio", "start", "select_one_from_file a.csv", "teleport", ""]
)
def test_types_that_do_not_fit(row_type: str) -> None:
    """Each is told with what to do instead, and the rest is taken over."""
    found = survey(("text", "t", "T"), (row_type, "a", "A"))
    assert list(questions(found)) == ["t"]
    assert [(each.row, each.outcome) for each in found.unfit if each.name == "a"] == [(3, "left_out")]
    assert all(each.mend for each in found.unfit if each.name == "a")


@pytest.mark.parametrize(
    "column",
    [
        "choice_filter",
        "default",
        "readonly",
        "repeat_count",
        "trigger",
        "constraint_message",
        "media::image",
        "strange",
    ],
)
def test_columns_that_do_not_fit(column: str) -> None:
    """No column is dropped without a word."""
    found = survey(("text", "a", "A", "x"), head=("type", "name", "label", column))
    assert any(each.column in (column, column.rpartition("::")[2]) for each in found.unfit)


def test_groups_become_sections() -> None:
    """A group is a section; groups in a group of groups stand under its heading; what stands in none has its own."""
    found = survey(
        ("note", "hello", "Hello"),
        ("begin_group", "outer", "The family", "${hello2} != ''"),
        ("begin group", "home", "Home"),
        ("text", "a", "A"),
        ("end group",),
        ("begin_group", "school", "School"),
        ("text", "b", "B"),
        ("begin_group", "inner", "Teacher", "${b} != ''"),
        ("text", "c", "C", "${a} != ''"),
        ("end_group",),
        ("end_group",),
        ("end_group",),
        head=HEAD,
    )
    sections = found.definition["sections"]
    assert [(each["id"], each["title"], each.get("group")) for each in sections] == [
        ("questions", "A form", None),
        ("home", "Home", "The family"),
        ("school", "School", "The family"),
    ]
    inner = {"all": [{"question": "b", "answered": True}, {"question": "a", "answered": True}]}
    assert questions(found)["c"]["show_when"] == inner
    assert "Its heading is left out" in told(found, "survey", 9, "type")
    assert "no group" in told(found, "survey", 2, "type")


def test_a_repeat_inside_a_repeat_is_left_out_row_by_row() -> None:
    """A list has no lists."""
    found = survey(
        ("begin_repeat", "people", "People"),
        ("text", "who", "Who"),
        ("begin_repeat", "pets", "Pets"),
        ("text", "pet", "Pet"),
        ("end_repeat",),
        ("end_repeat",),
    )
    assert list(questions(found)) == ["people", "people.who"]
    assert [(each.row, each.outcome) for each in found.unfit if each.row in (4, 5)] == [
        (4, "left_out"),
        (5, "left_out"),
    ]


def test_names_become_ids() -> None:
    """Capitals, hyphens and names that stand twice are renamed, conditions go along, and each is told."""
    found = survey(
        ("select_one yn", "Q1-Seen", "Seen?"),
        ("text", "Q1_seen", "Why", "${Q1-Seen} = 'no'"),
        ("text", "2nd", "x"),
        head=HEAD,
    )
    assert list(questions(found)) == ["q1_seen", "q1_seen_2", "question_2nd"]
    assert questions(found)["q1_seen_2"]["show_when"] == {"question": "q1_seen", "is": "no"}
    assert [each.row for each in found.unfit if each.column == "name"] == [2, 3, 4]


def test_languages_stand_side_by_side() -> None:
    """A column for each language is one text; a language without a code is told."""
    found = survey(
        ("text", "a", "Seen?", "A welwyd?", "x", "See", "Edrych"),
        head=(
            "type",
            "name",
            "label::English (en)",
            "label::Welsh",
            "label::Elvish",
            "guidance_hint",
            "hint::Cymraeg (cy)",
        ),
    )
    question = questions(found)["a"]
    assert found.definition["languages"] == ["en", "cy"]
    assert (question["label"], question["guidance"]) == ({"en": "Seen?", "cy": "A welwyd?"}, "See")
    assert question["hint"] == {"cy": "Edrych"}
    assert "Elvish" in told(found, "survey", 1, "label::Elvish")


def test_required_and_its_words() -> None:
    """Yes is yes; an expression is told."""
    head = ("type", "name", "label", "required")
    found = survey(("text", "a", "A", "yes"), ("text", "b", "B", "${a} = ''"), ("text", "c", "C", "no"), head=head)
    assert [each.get("required") for each in questions(found).values()] == [True, None, None]
    assert "cannot depend" in told(found, "survey", 3, "required")


def test_a_code_list_is_followed_while_it_is_the_same() -> None:
    """Options that are those of a list are the list; changed ones stand in the form, which is told."""
    codes = [(code.value, code.label) for code in code_lists()["sex"].valid_codes()]
    lines = [("list_name", "name", "label"), *(("sex", *code) for code in codes)]
    head = ("type", "name", "label", "pith::code_list")
    row = ("select_one sex", "a", "A", "sex")
    assert questions(survey(row, head=head, choices=lines, **code_lists()))["a"]["code_list"] == "sex"
    fewer = survey(row, head=head, choices=lines[:-1], **code_lists())
    assert len(questions(fewer)["a"]["options"]) == len(codes) - 1
    assert "other options" in told(fewer, "survey", 2, "pith::code_list")


def test_what_was_changed_in_a_spreadsheet_counts() -> None:
    """Our own column stands back where somebody has edited the one that everybody sees."""
    head = ("type", "name", "label", "relevant", "pith::show_when", "constraint", "pith::minimum", "pith::type")
    found = survey(
        ("select_one yn", "q", "Q"),
        ("integer", "a", "A", "${q} = 'no'", '{"child": "age", "less_than": 2}', ". >= 5", "3", "person"),
        head=head,
    )
    question = questions(found)["a"]
    assert (question["type"], question["show_when"], question["minimum"]) == (
        "number",
        {"question": "q", "is": "no"},
        5,
    )
    told_of = [each.column for each in found.unfit if each.name == "a"]
    assert told_of == ["pith::type", "pith::minimum", "pith::show_when"]
