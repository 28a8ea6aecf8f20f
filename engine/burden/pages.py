"""An estimate of the A4 pages a form fills when it is printed empty, by counting lines."""

from math import ceil

from engine.burden.parameters import parameters
from engine.definition import Definition, Question, Section
from engine.text import Text, in_language


def printed_pages(definition: Definition, language: str) -> int:
    """Pages of the whole form printed empty, at least one."""
    page = parameters()["page"]
    lines: int = page["form_heading"] + sum(_lines_of_section(section, language) for section in definition.sections)
    on_a_page: int = page["lines"]
    return max(1, ceil(lines / on_a_page))


def _lines_of_section(section: Section, language: str) -> int:
    own = parameters()["page"]["section_heading"] + _lines(section.intro, language)
    return int(own + sum(lines_of_question(question, language) for question in section.questions))


def lines_of_question(question: Question, language: str) -> int:
    """Lines of the question's words, of the room for its answer, and of the space after it."""
    words = _lines(question.label, language) + _lines(question.hint, language)
    return int(words + _room(question, language) + parameters()["page"]["after_a_question"])


def _room(question: Question, language: str) -> int:
    if question.columns:
        return _room_for_rows(question, language)
    if question.options:
        return sum(_lines(option.label, language) + _lines(option.hint, language) for option in question.options)
    return int(question.settings.get("rows", 1)) if question.handler.takes_answer else 0


def _room_for_rows(question: Question, language: str) -> int:
    page = parameters()["page"]
    abreast = ceil(len(question.columns) / page["columns_abreast"])
    heading = max(_lines(column.label, language) for column in question.columns)
    return int(abreast * (heading + page["rows"] * page["lines_of_a_row"]))


def _lines(text: Text | None, language: str) -> int:
    width = parameters()["page"]["characters"]
    return sum(ceil(len(line) / width) for line in in_language(text, language).splitlines())
