"""Two forms measured side by side: figures, bars and sentences, none of which prefers either form."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from engine.burden import Burden
from engine.definition import Definition
from webapp.words import counted

_CLOSE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two forms: what it is called in a sentence, what it is, and what it costs."""

    name: str
    definition: Definition
    burden: Burden


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure in words, and how long its bar is: from 0 to 100, of the room there is."""

    words: str
    length: float


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing measured of both forms."""

    label: str
    bars: tuple[Bar, Bar]


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that belong together, and what they come to in sentences."""

    title: str
    sentences: Sequence[str]
    measures: Sequence[Measure]


@dataclass(frozen=True, slots=True)
class Yield:
    """Items of statutory returns: those that both forms yield, and those that only one does."""

    both: Sequence[str]
    only: tuple[Sequence[str], Sequence[str]]

    @property
    def sentence(self) -> str:
        """What it comes to."""
        shared = f"share {counted(len(self.both), 'item')}" if self.both else "share no item"
        only = [f"{len(each):,} {'comes' if len(each) == 1 else 'come'} only from the" for each in self.only]
        return f"The two {shared}; {only[0]} first, {only[1]} second. What one lacks may come from another form."


def groups(first: Side, second: Side) -> tuple[Group, Group]:
    """How long the two forms are, and how much room they give to thinking."""
    sides = (first, second)
    return (
        Group("How long they are", tuple(_told_of_length(*sides)), tuple(_lengths(first.burden, second.burden))),
        Group("Room to think", tuple(_told_of_thinking(*sides)), tuple(_thinking(first.burden, second.burden))),
    )


def statutory(first: Definition, second: Definition) -> Yield:
    """Which items of statutory returns the two forms yield, in the order of the forms."""
    one, two = list(_items(first)), list(_items(second))
    only = [item for item in one if item not in two], [item for item in two if item not in one]
    return Yield([item for item in one if item in two], only)


def _items(definition: Definition) -> Iterator[str]:
    """Each item once; a question may yield several, with semicolons between them."""
    asked = [each for question in definition.questions for each in (question, *question.columns)]
    items = [item.strip() for each in asked if each.returns for item in each.returns.split(";")]
    yield from dict.fromkeys(item for item in items if item)


def _lengths(one: Burden, two: Burden) -> Iterator[Measure]:
    yield _measure("Questions on the longest path", one.longest_path, two.longest_path)
    yield _measure("Required answers on that path", one.required, two.required)
    yield _measure("Questions on the shortest path", one.shortest_path, two.shortest_path)
    yield _measure("Minutes for the longest path", one.minutes, two.minutes, lambda value: f"about{_CLOSE}{value:,.0f}")
    yield _measure("Pages, printed empty", one.printed_pages, two.printed_pages)
    yield _measure("Words to read", one.words_to_read, two.words_to_read)
    yield _measure("Columns in its lists", one.list_columns, two.list_columns)


def _thinking(one: Burden, two: Burden) -> Iterator[Measure]:
    for label, name in (("Chosen from options", "choice"), ("Analysis, written freely", "analysis")):
        yield _measure(label, one.shares[name], two.shares[name], percent, full=1)
    bars = tuple(Bar(_place(each), _along(each)) for each in (one, two))
    yield Measure("Where the first analysis stands", (bars[0], bars[1]))


def _measure(
    label: str, one: float, two: float, words: Callable[[float], str] = "{:,.0f}".format, full: float = 0
) -> Measure:
    """Both figures, their bars as parts of what is full: the greater of the two unless another is given."""
    full = full or max(one, two) or 1
    return Measure(label, (Bar(words(one), _length(one / full)), Bar(words(two), _length(two / full))))


def _length(share: float) -> float:
    return round(100 * share, 1)


def percent(share: float) -> str:
    """A share as people write it: 82 %, and 0.3 % where less than one."""
    return f"{100 * share:.{1 if 0 < share < 0.01 else 0}f}{_CLOSE}%"


def _place(burden: Burden) -> str:
    if burden.first_analysis is None:
        return "nowhere"
    return f"{burden.first_analysis:,}{_CLOSE}of{_CLOSE}{burden.longest_path:,}"


def _along(burden: Burden) -> float:
    return _length((burden.first_analysis or 0) / (burden.longest_path or 1))


def _told_of_length(first: Side, second: Side) -> Iterator[str]:
    one, two = first.burden, second.burden
    yield (
        f"{first.name} asks up to {_questions(one.longest_path)}, {second.name} up to {two.longest_path:,}: "
        f"{_difference(one.longest_path, two.longest_path)}."
    )
    yield (
        f"The longest path takes about {one.minutes:,} minutes in the first and {two.minutes:,} in the second. "
        f"Printed empty, they fill {_pages(one.printed_pages)} and {_pages(two.printed_pages)}."
    )
    yield f"Before it can be submitted, the first must have {_answers(one.required)}, the second {two.required:,}."


def _told_of_thinking(first: Side, second: Side) -> Iterator[str]:
    one, two = first.burden, second.burden
    yield (
        f"In {first.name}, {percent(one.shares['choice'])} of the questions are answered by choosing from options "
        f"and {percent(one.shares['analysis'])} by writing what it all means; "
        f"in {second.name}, {percent(two.shares['choice'])} and {percent(two.shares['analysis'])}."
    )
    yield " ".join(_first_analysis(each) for each in (first, second))


def _first_analysis(side: Side) -> str:
    burden = side.burden
    if burden.first_analysis is None:
        return f"{side.name} has no question for analysis."
    return f"The first analysis in {side.name} is question {burden.first_analysis:,} of {burden.longest_path:,}."


def _difference(one: int, two: int) -> str:
    if one == two:
        return "as many"
    return f"{abs(one - two):,} {'fewer' if two < one else 'more'}"


def _questions(number: int) -> str:
    return counted(number, "question")


def _pages(number: int) -> str:
    return counted(number, "page")


def _answers(number: int) -> str:
    return counted(number, "answer")
