"""What changed in one question that both versions have."""

from collections.abc import Iterator, Sequence

from engine.definition import Option, Question
from engine.text import Text
from engine.versions.changes import Change
from engine.versions.order import moved
from engine.versions.telling import Subject, Teller

TEXTS = ("label", "hint", "guidance", "why")
TEXT_SETTINGS = frozenset({"row_label", "minimum_label", "maximum_label", "unit", "prompts", "headings"})
"""Settings that are words a worker reads, whichever type has them."""

KEYS = (
    *("kind", "not_known", "code_list", "reason_for", "concept", "carry_forward"),
    *("running_list", "protected", "share", "returns", "shows"),
)


def changes_of_question(
    teller: Teller,
    place: str,
    before: Question,
    after: Question,
    protected: bool = False,
    rows: str | None = None,
) -> Iterator[Change]:
    """Every change of one question, or of a column of `rows` (themselves protected or not), its columns last."""
    about = Subject(place, before.label, before.protected or protected)
    if before.type != after.type:
        said = {"before": before.type.replace("_", " "), "after": after.type.replace("_", " ")}
        yield teller.tell("type_changed", about, "type", before.type, after.type, said)
    yield from _texts(teller, about, before, after)
    yield from _options(teller, about, before, after)
    if before.show_when != after.show_when:
        yield teller.tell_condition("condition_changed", about, before, after, rows)
    if before.required != after.required:
        yield teller.tell(
            "required_changed", about, "required", before.required, after.required, _REQUIRED[after.required]
        )
    yield from _settings(teller, about, before, after)
    yield from _columns(teller, place, before, after)


_REQUIRED = {
    True: {"before": "free to leave blank", "after": "required"},
    False: {"before": "required", "after": "free to leave blank"},
}


def _texts(teller: Teller, about: Subject, before: Question, after: Question) -> Iterator[Change]:
    for key in TEXTS:
        if getattr(before, key) != getattr(after, key):
            yield teller.tell("reworded", about, key, getattr(before, key), getattr(after, key))
    for key in sorted(TEXT_SETTINGS & (before.settings.keys() | after.settings.keys())):
        if before.settings.get(key) != after.settings.get(key):
            yield teller.tell("reworded", about, key, before.settings.get(key), after.settings.get(key))


def _options(teller: Teller, about: Subject, before: Question, after: Question) -> Iterator[Change]:
    old, new = ({option.value: option for option in each.options} for each in (before, after))
    both = before.handler.takes_options and after.handler.takes_options
    for value in [value for value in old if both and value not in new]:
        said = {"before": f"“{teller.say(old[value].label)}”"}
        yield teller.tell("option_removed", about, value, before=value, said=said)
    moved_values = moved(list(old), list(new))
    for value, option in new.items():
        if value in old:
            yield from _option(teller, about, old[value], option, value in moved_values)
        elif both:
            said = {"after": f"“{teller.say(option.label)}”"}
            yield teller.tell("option_added", about, value, after=value, said=said)


def _option(teller: Teller, about: Subject, before: Option, after: Option, is_moved: bool) -> Iterator[Change]:
    if before.label != after.label:
        yield teller.tell("option_relabelled", about, before.value, before.label, after.label)
    old, new = ((each.hint, each.group, each.exclusive) for each in (before, after))
    if old != new or is_moved:
        yield teller.tell("option_changed", about, before.value, said={"what": teller.say(before.label)})


def _settings(teller: Teller, about: Subject, before: Question, after: Question) -> Iterator[Change]:
    for key in KEYS:
        if getattr(before, key) != getattr(after, key):
            yield teller.tell("setting_changed", about, key, getattr(before, key), getattr(after, key))
    if before.per_child != after.per_child and not _section_tells(teller, before.id):
        yield teller.tell("setting_changed", about, "per_child", before.per_child, after.per_child)
    same_type = before.type == after.type
    for key in sorted(before.settings.keys() | after.settings.keys() if same_type else ()):
        if key not in TEXT_SETTINGS and before.settings.get(key) != after.settings.get(key):
            yield teller.tell("setting_changed", about, key, before.settings.get(key), after.settings.get(key))


def _section_tells(teller: Teller, question_id: str) -> bool:
    """Whether the question is asked for each child, or no longer, because its whole section is."""
    before, after = teller.old.section_of[question_id], teller.new.section_of[question_id]
    return before.id == after.id and before.per_child != after.per_child


def _columns(teller: Teller, place: str, before: Question, after: Question) -> Iterator[Change]:
    old = {column.id: column for column in before.columns}
    new = {column.id: column for column in after.columns}
    moved_ids = moved(list(old), list(new))
    container = teller.say(after.label)
    for index, (name, column) in enumerate(new.items()):
        about = Subject(f"{place}.{name}", column.label, before.protected or column.protected)
        if name not in old:
            yield teller.tell("added", about, said={"container": container})
            continue
        if name in moved_ids:
            yield teller.tell_place("moved", about, before_it(after.columns, index), container)
        yield from changes_of_question(teller, about.place, old[name], column, before.protected, place)
    for name, column in old.items():
        if name not in new:
            about = Subject(f"{place}.{name}", column.label, before.protected or column.protected)
            yield teller.tell("removed", about, said={"container": container})


def before_it(found: Sequence[Question], index: int) -> tuple[str, Text] | None:
    """The id and label of what stands before a question or column; None for the first."""
    return (found[index - 1].id, found[index - 1].label) if index else None
