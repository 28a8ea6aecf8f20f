"""Settings that are one word out of a few, a switch, a number, a name, or the names of questions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from webapp.drawing.values import Item
from webapp.editor.panel.boxes import Around, Drawn, Json, NotRead, Posted, Setting, control_of, plain

_AS_USUAL = "As usual"
_NONE = "None"


def one_of(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """One word out of a few; the one that goes without saying is chosen where nothing is set."""
    usual = setting.schema.get("default")
    known = setting.words or {each: str(each).replace("_", " ").capitalize() for each in setting.schema["enum"]}
    words = list(known.items())
    yield _select(setting, words, value if value is not None else usual, open_end=usual is None)


def _select(setting: Setting, words: Sequence[tuple[str, str]], chosen: Json, open_end: bool) -> Drawn:
    nothing = [] if setting.wanted or not open_end else [Item("", "", _NONE, checked=chosen is None)]
    items = [Item("", value, label, checked=value == chosen) for value, label in words]
    if chosen is not None and chosen not in dict(words):
        items.append(Item("", str(chosen), f"{chosen} (not in the form)", checked=True))
    return Drawn("select", control_of(setting, items=[*nothing, *items]))


def read_word(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """The word that was chosen; None for nothing, and for what goes without saying."""
    value = posted.get(control_of(setting).name, "")
    return None if value in ("", setting.schema.get("default")) else value


def switch(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    """A tick box; a menu of three where nothing set does not simply mean no."""
    if "default" in setting.schema:
        item = Item(control_of(setting).id, "yes", setting.title, setting.hint, checked=bool(value))
        yield Drawn("tick", control_of(setting, items=[item], classes="govuk-checkboxes--small"))
        return
    chosen = {True: "yes", False: "no"}.get(value, "")
    words = (("", _AS_USUAL), ("yes", "Yes"), ("no", "No"))
    items = [Item("", each, label, checked=each == chosen) for each, label in words]
    yield Drawn("select", control_of(setting, items=items))


def read_switch(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """True, False, or None for as usual."""
    value = posted.get(control_of(setting).name, "")
    if "default" in setting.schema:
        return True if value else None
    return {"yes": True, "no": False}.get(value)


def number(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    """A box for a number."""
    whole = setting.schema["type"] == "integer"
    written = "" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
    mode = "numeric" if whole else "decimal"
    yield Drawn("input", control_of(setting, value=written, inputmode=mode, classes="govuk-input--width-5"))


def read_number(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """The number; raises NotRead for what is none."""
    written = posted.get(control_of(setting).name, "").strip().replace(",", "")
    if not written:
        return None
    whole = setting.schema["type"] == "integer"
    try:
        if len(written) > 20:
            raise ValueError
        number = float(written)
    except ValueError as error:
        raise NotRead(f"Enter a {'whole ' if whole else ''}number, such as 3") from error
    if number != number or (whole and not number.is_integer()):
        raise NotRead(f"Enter a {'whole ' if whole else ''}number, such as 3")
    return int(number) if number.is_integer() and abs(number) < 10**15 else number


def name(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    """A box for a name that is not for people."""
    yield Drawn("input", control_of(setting, value=str(value or ""), spellcheck=False))


def read_name(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """The name, None for an empty box."""
    return plain(posted.get(control_of(setting).name, "")) or None


def question(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """A menu of the questions before; columns are not among them."""
    yield _select(setting, [each for each in around.questions if "." not in each[0]], value, open_end=True)


def several(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    """Tick boxes for any of a few words."""
    words = [(one, one.replace("_", " ").capitalize()) for one in setting.schema["items"]["enum"]]
    chosen = list(value or ())
    prefix = control_of(setting).id
    items = [
        Item(prefix if n == 0 else f"{prefix}-{n + 1}", one, label, checked=one in chosen)
        for n, (one, label) in enumerate(words)
    ]
    yield Drawn("checkboxes", control_of(setting, items=items, classes="govuk-checkboxes--small"))


def read_several(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """The words that were ticked."""
    return posted.getlist(control_of(setting).name) or None


def in_order(setting: Setting, value: Json, around: Around) -> Iterator[Drawn]:
    """A select for each in its order, and one more to add."""
    chosen = [*(value or ()), None]
    for number, each in enumerate(chosen, start=1):
        one = _select(replace(setting, wanted=False), around.questions, each, open_end=True)
        if number > 1:
            control = one.control
            label = f"{setting.title} ({number})"
            one = replace(one, control=replace(control, id=f"{control.id}-{number}", label=label, hint=""))
        yield one


def read_in_order(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """The questions that were chosen, in the order of their menus."""
    return [each for each in posted.getlist(control_of(setting).name) if each] or None


def names(setting: Setting, value: Json, _around: Around) -> Iterator[Drawn]:
    """A box with a name on each line."""
    lines = replace(setting, hint=f"{setting.hint} One on each line.")
    yield Drawn("textarea", control_of(lines, value="\n".join(value or ()), rows=2, spellcheck=False))


def read_names(setting: Setting, posted: Posted, _before: Json, _around: Around) -> Json:
    """The names, without empty lines."""
    lines = plain(posted.get(control_of(setting).name, "")).split("\n")
    return [line.strip() for line in lines if line.strip()] or None
