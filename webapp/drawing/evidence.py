"""The evidence beside a text: what is written in the form already, to be ticked, and what of it stands pinned."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engine.definition import Question, Section
from engine.forms import Address, Standing, field_name
from engine.journey.evaluation import as_json
from engine.places import Place
from webapp.drawing.filling import Filling
from webapp.drawing.macros import macro
from webapp.drawing.questions import element_id
from webapp.quotations import Quotation, question_of, quotations, rests_on
from webapp.words import form_words, put

GONE = "What was pinned here is no longer written in this form."


@dataclass(frozen=True, slots=True)
class Pin:
    """One answer to tick: its tick box's id and value, its words, whose they are, and where the whole of them stands.

    `whole` is the address of the question beside this section's own, "" where the words are not cut.
    """

    id: str
    value: str
    said: str
    source: str
    whole: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """All that can be pinned to one text, by section; `name` is the field's, `label` the question's."""

    name: str
    label: str
    groups: Sequence[tuple[str, Sequence[Pin]]]

    @property
    def pins(self) -> list[Pin]:
        """Every answer that can be ticked."""
        return [pin for _, pins in self.groups for pin in pins]

    @property
    def pinned(self) -> bool:
        """Whether any of them is."""
        return any(pin.pinned for pin in self.pins)


def evidence(filling: Filling, standing: Standing, chosen: Sequence[str]) -> Markup:
    """The evidence of one question drawn, with the answers chosen ticked; nothing where nothing is written yet."""
    name = f"{field_name(standing.address)}-evidence"
    groups = [*_by_section(filling, standing, name, chosen)]
    offered = {pin.value for _, pins in groups for pin in pins}
    gone = [_gone(filling, name, each) for each in chosen if not any(rests_on(each, answer) for answer in offered)]
    if gone:
        groups.append(("No longer written", gone))
    if not groups:
        return Markup("")
    label = form_words(standing.question.label, filling.language)
    child = filling.children.get(standing.address.child or "")
    panel = Panel(name, put("{}: {}", child.given_name, label) if child else label, groups)
    return macro("_evidence.html", "evidence")(panel)


def _by_section(
    filling: Filling, standing: Standing, name: str, chosen: Collection[str]
) -> Iterator[tuple[str, Sequence[Pin]]]:
    """The sections that hold something to pin, in the order of the form; in each, words before what was chosen."""
    names = {key: child.given_name for key, child in filling.children.items() if standing.address.child in (None, key)}
    for section, questions in _before(filling, standing.address.question):
        found = [
            quotation
            for question in questions
            for quotation in quotations(
                question, as_json(filling.journey.values.get(question.id)), names, filling.language
            )
        ]
        found.sort(key=lambda each: not _in_words(each.question))
        if found:
            yield form_words(section.title, filling.language), [_pin(section, name, each, chosen) for each in found]


def _before(filling: Filling, question_id: str) -> Iterator[tuple[Section, list[Question]]]:
    """The questions before one that a text can rest on."""
    for section in filling.definition.sections:
        ids = [question.id for question in section.questions]
        end = ids.index(question_id) if question_id in ids else len(ids)
        earlier = section.questions[:end]
        yield section, [each for each in earlier if _is_evidence(each)]
        if question_id in ids:
            return


def _is_evidence(question: Question) -> bool:
    """Whether somebody said it: thinking is none, dates say too little, and what is worked out nobody said."""
    return question.handler.takes_answer and question.kind != "analysis" and question.handler.measure != "date"


def _in_words(question: Question) -> bool:
    """Whether an answer is somebody's words, and not an option of the form."""
    return question.handler.measure in ("text", "person", "rows")


def _pin(section: Section, name: str, quotation: Quotation, chosen: Collection[str]) -> Pin:
    place = _place(quotation)
    address = Address(place.question, place.child)
    return Pin(
        id=_id(name, quotation.answer),
        value=quotation.answer,
        said=quotation.short,
        source=quotation.source,
        whole=f"{section.id}#{element_id(field_name(address))}" if quotation.cut else "",
        pinned=any(rests_on(each, quotation.answer) for each in chosen),
    )


def _place(quotation: Quotation) -> Place:
    """The question, or one child's answer to it, that a quotation is from."""
    parts = quotation.answer.replace("]", "").split("[")
    return Place(parts[0], parts[1] if quotation.question.per_child else None)


def _gone(filling: Filling, name: str, answer: str) -> Pin:
    """A pin whose answer was taken out or is not asked for any more: it stays until somebody takes it off."""
    question = filling.definition.by_id.get(question_of(answer))
    source = "" if question is None else form_words(question.label, filling.language)
    return Pin(_id(name, answer), answer, GONE, source, "", pinned=True)


def _id(name: str, answer: str) -> str:
    return f"{name}-{answer.replace('[', '-').replace(']', '')}"
