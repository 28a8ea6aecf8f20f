"""What staff do with a part of a form: how they answer it, what they said about it, and what they were answered."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.question_types import question_type
from engine.text import in_language
from webapp import current
from webapp.config import LANGUAGE
from webapp.drawing.values import Control, Link
from webapp.editor.panel.subjects import Form, Subject, names_in
from webapp.store.contents import definition_of
from webapp.store.database import Connection
from webapp.store.feedback_answers import Remark, remarks_on
from webapp.store.use_of_questions import FEWEST_FORMS, FEWEST_PEOPLE, Answering, Few, Use, use_of_questions
from webapp.words import counted

ANSWERED = ("question", "column")
"""The kinds of parts that are asked of staff."""

A_MINUTE = 60
UNDER_TRIAL = "A part of a form under trial"


@dataclass(frozen=True, slots=True)
class RefusedReply:
    """An answer to a remark (by its key) that was not kept: the words, and what is wrong with them.

    `meanwhile` says that somebody answered otherwise while the page was open.
    """

    remark: str
    words: str
    wrong: str = ""
    meanwhile: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A remark with the box for an answer to it; `open` where that was not kept, `meanwhile` as in `RefusedReply`.

    `about` says what it is about where that does not stand above it.
    """

    remark: Remark
    about: str
    box: Control
    open: bool
    meanwhile: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """What stands under a part's panel.

    `facts` are terms with what is said of them, `use` what they come from where there is enough of it, `note` says
    what cannot be told. `unanswered` counts for every part of the form, by name, the remarks without an answer.
    """

    facts: Sequence[tuple[str, str]]
    use: Use | None
    note: str
    rows: Sequence[Row]
    unanswered: Mapping[str, int]

    @property
    def problems(self) -> list[Link]:
        """The way to what is wrong with an answer."""
        return [Link(f"#{row.box.id}", row.box.error) for row in self.rows if row.box.error]


def staff_of(connection: Connection, form: str, draft: Form, subject: Subject, refused: RefusedReply | None) -> Staff:
    """What staff do with a part of a draft; an answer that was not kept stands in its box again."""
    about = _by_part(draft, remarks_on(connection, current.viewer(), form, current.today()))
    waiting = Counter({name: sum(each.reply is None for each in found) for name, found in about.items()})
    rows = [_row(connection, each, subject, refused) for each in about.get(subject.name, ())]
    use = _use_of(connection, form, subject)
    facts = list(_facts(use, _is_answered(subject))) if isinstance(use, Use) else []
    return Staff(facts, use if isinstance(use, Use) else None, _note(use, subject), rows, +waiting)


def _by_part(draft: Form, remarks: Sequence[Remark]) -> Mapping[str, Sequence[Remark]]:
    """The remarks by the part they are about; those about what the draft does not hold are about the form itself."""
    names = {name for _, name in names_in(draft)}
    found: defaultdict[str, list[Remark]] = defaultdict(list)
    for each in remarks:
        part = part_of(each)
        found[part if part in names else ""].append(each)
    return found


def part_of(remark: Remark) -> str:
    """The name of what a remark is about: a question, else a section."""
    return remark.said.word.question or remark.said.word.section


def about_what(connection: Connection, remark: Remark) -> str:
    """The question or section that a remark is about, in the words of the version that was in front of who said it.

    While a trial of it has not ended, in those of its control, whichever arm it was.
    """
    definition, word = definition_of(connection, remark.edition, current.today()), remark.said.word
    question = definition.by_id.get(word.question or "")
    if question:
        return in_language(question.label, LANGUAGE)
    titles = {each.id: in_language(each.title, LANGUAGE) for each in definition.sections}
    return titles.get(word.section, UNDER_TRIAL if remark.sealed else word.section)


def _row(connection: Connection, remark: Remark, subject: Subject, refused: RefusedReply | None) -> Row:
    mine = refused if refused and refused.remark == remark.key else None
    words = mine.words if mine else remark.reply.words if remark.reply else ""
    hint = "Staff who fill in this form read it with the remark, without who said it."
    label = "What was done about it?"
    box = Control(f"reply-{remark.key}", "words", label, hint, mine.wrong if mine else "", words, rows=3)
    about = "" if subject.name else about_what(connection, remark)
    return Row(remark, about, box, mine is not None, mine.meanwhile if mine else False)


def _use_of(connection: Connection, form: str, subject: Subject) -> Use | Few | None:
    if subject.kind not in ANSWERED:
        return None
    found = use_of_questions(connection, current.viewer(), form, current.today())
    return found.get((subject.name, subject.value["type"]), Few(0, 0))


def _is_answered(subject: Subject) -> bool:
    return subject.kind in ANSWERED and question_type(subject.value["type"]).takes_answer


def _note(use: Use | Few | None, subject: Subject) -> str:
    enough = f"It is told from {FEWEST_FORMS} forms by {FEWEST_PEOPLE} people on."
    if isinstance(use, Few):
        if not use.forms:
            return f"No form with this question was submitted yet. {enough}"
        forms, people = counted(use.forms, "form"), counted(use.people, "person", "people")
        return f"Too few to say: {forms} by {people}. {enough}"
    if use is None or use.answering or not _is_answered(subject):
        return ""
    return f"Too few were asked it to say how they answer. {enough}"


def _facts(use: Use, is_answered: bool) -> Iterator[tuple[str, str]]:
    yield "Asked" if is_answered else "Shown", f"in {use.asked_in} of {use.forms} forms"
    told = use.answering
    if told:
        of_these = "of these" if told.times == use.asked_in else f"of the {told.times} times it was asked"
        yield "Answered", _share(told.answered, told, of_these)
        yield "Not known yet", _share(told.not_known, told)
        yield "Left blank", _share(told.left, told)
    if use.seconds is not None:
        yield "Time", what_it_took(use.seconds)


def _share(part: int, told: Answering, of_what: str = "") -> str:
    """A share in words; "always" and "never" are said only where they are true."""
    if part in (0, told.times):
        return "always" if part else "never"
    return f"{min(max(round(part / told.times * 100), 1), 99)} % {of_what}".rstrip()


def what_it_took(seconds: float) -> str:
    """A median in words."""
    if seconds < A_MINUTE / 2:
        return "less than half a minute in most forms"
    return f"about {counted(max(round(seconds / A_MINUTE), 1), 'minute')}, in half of the forms less"
