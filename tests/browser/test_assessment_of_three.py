"""The whole way of a child and family assessment about two sisters and the baby on the way, in a browser."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.fitness import check_fit, check_width
from tests.browser.hands import Hands, Mouse
from tests.browser.test_journey import box, on_with, option
from tests.webapp.conftest import NOW
from webapp.store.allocations import allocate
from webapp.store.children import NewChild, add_child, add_family
from webapp.store.database import Database, writing
from webapp.store.people import everyone

Open = Callable[..., Page]
Look = Callable[[Page], None]

CHILDREN = (
    NewChild("N-21007", "Isla", "Sorrelby", date(2015, 9, 2), disabled=False, interpreter=True),
    NewChild("N-21008", "Maeve", "Sorrelby", date(2025, 7, 1), disabled=False, interpreter=False),
    NewChild("N-21009", "Baby", "Sorrelby", expected=date(2026, 5, 20), unborn=True),
)
OF_ISLA = (
    "“He waits by the gate.”",
    "Isla will not say who pays for the phone.",
    "Four round marks",
    "Somebody is drawing Isla in.",
    "Isla: see police today.",
)
OF_MAEVE = (
    "Takes the bottle from her mother",
    "Asking the health visitor",
    "Maeve is held and fed.",
    "Maeve: nights are hard.",
)
OF_BABY = (
    "Seven months, well",
    "Asking the midwife for a cot",
    "The baby is safe if his mother is.",
    "The baby: plan before birth.",
)
OF_ALL = ("A man called Denny", "“She comes in late.”", "Aunt Bea sleeps over on Fridays.", "Everybody sleeps at night")


@pytest.fixture(autouse=True)
def _sorrelbys(database: Database) -> None:
    """Two sisters, one of them a baby, and one not yet born, who are Adaeze's."""
    with writing(database) as connection:
        adaeze = next(person for person in everyone(connection) if person.name == "Adaeze Finch")
        family = add_family(connection, adaeze.authority, "Sorrelby family")
        for each in CHILDREN:
            child = add_child(connection, adaeze.authority, family, each)
            allocate(connection, adaeze.authority, child, at=NOW, person=adaeze.id)


def begin(page: Page, hands: Hands, look: Look) -> None:
    """As Adaeze, from Isla's page, for all three."""
    page.goto("/")
    hands.press(page.get_by_role("button", name="Adaeze Finch"))
    hands.press(page.get_by_role("link", name="Isla Sorrelby", exact=True))
    hands.press(page.get_by_role("link", name="Begin a form"))
    hands.press(page.get_by_role("link", name="Child and family assessment"))
    for name in ("Maeve", "Baby"):
        hands.choose(page.get_by_label(f"{name} Sorrelby"))
    look(page)
    hands.press(page.get_by_role("button", name="Begin"))
    expect(page.get_by_role("heading", name="The child", level=1)).to_be_visible()


def about(label: str, child: str) -> str:
    """A question as it is heard where it is asked for each child."""
    return f"{label} About {child}"


def meaning(child: str) -> str:
    """The same, where the questions about all stand in the same section."""
    return f"{child}: What does all this mean for the child?"


def not_known(page: Page, hands: Hands, question: str, doing: str) -> None:
    """Say that it is not known yet, and what is being done about it."""
    hands.choose(page.get_by_label(f"Not known yet: {question}"))
    hands.write(page.get_by_label(f"What is being done about it, by whom, by when?: {question}"), doing)


def done_with_row(page: Page, hands: Hands, name: str) -> None:
    """Close the line that is open; it stands in the list."""
    hands.press(page.get_by_role("button", name="Done with"))
    expect(page.get_by_role("button", name=f"Edit {name}")).to_be_visible()


def write_isla(page: Page, hands: Hands) -> None:
    """Ten, seen alone through an interpreter, hurt, and drawn in by somebody outside the home."""
    hands.choose(option(page, about("Have you seen the child?", "Isla"), "Yes, alone"))
    hands.write(box(page, about("What did the child do, say or show?", "Isla")), OF_ISLA[0])
    hands.choose(option(page, about("How did the child tell you?", "Isla"), "A trained interpreter helped"))
    hands.choose(
        option(
            page, about("Which parts of life matter for this child?", "Isla"), "Used by others for sex, crime or money"
        )
    )
    hands.write(box(page, about("How is the child doing in the parts you chose?", "Isla")), OF_ISLA[1])
    hands.choose(option(page, about("Did you see or hear of any injury or mark?", "Isla"), "Yes"))
    hands.press(page.get_by_role("button", name="Add an injury"))
    hands.write(box(page, about("What does it look like?", "Isla")), OF_ISLA[2])
    hands.choose(option(page, about("Does the explanation fit the injury?", "Isla"), "I cannot tell"))
    done_with_row(page, hands, "")
    advice = page.get_by_role("paragraph").filter(has_text="You have noted an injury that may not fit its explanation.")
    expect(advice).to_be_visible()


def write_maeve(page: Page, hands: Hands) -> None:
    """Eight months old, seen in her mother's arms."""
    hands.choose(option(page, about("Have you seen the child?", "Maeve"), "Yes, but only with others there"))
    hands.write(box(page, about("How does the baby feed?", "Maeve")), OF_MAEVE[0])
    not_known(page, hands, about("How does the baby sleep?", "Maeve"), OF_MAEVE[1])
    hands.choose(option(page, about("Which parts of life matter for this child?", "Maeve"), "Being loved"))
    hands.choose(option(page, about("Did you see or hear of any injury or mark?", "Maeve"), "No"))


def write_baby(page: Page, hands: Hands) -> None:
    """Not yet born."""
    hands.choose(option(page, about("Have you seen the mother?", "Baby"), "Yes"))
    hands.write(box(page, about("How is the pregnancy going?", "Baby")), OF_BABY[0])
    not_known(page, hands, about("What is ready for the baby?", "Baby"), OF_BABY[1])


def asked_as_that_child(page: Page) -> None:
    """Each child has questions of its own; nobody asks an unborn child about its day."""
    own = {
        "What is an ordinary day like for this child?": "Isla",
        "How does the baby feed?": "Maeve",
        "How is the pregnancy going?": "Baby",
    }
    for label, child in own.items():
        for each in ("Isla", "Maeve", "Baby"):
            expect(box(page, about(label, each))).to_have_count(1 if each == child else 0)


def write_around(page: Page, hands: Hands, look: Look) -> None:
    """Somebody unidentified opens how to find out; each parent has a line of their own."""
    question = page.get_by_role("group", name="How will you find out who they are?", exact=True)
    expect(question).to_have_count(0)
    hands.press(page.get_by_role("button", name="Add a person"))
    hands.write(page.get_by_label("Description", exact=True), OF_ALL[0])
    hands.choose(option(page, "Have you confirmed who they are?", "No"))
    look(page)
    done_with_row(page, hands, OF_ALL[0])
    expect(question).to_be_visible()
    hands.press(page.get_by_role("button", name="Add a person to identify"))
    hands.write(box(page, "Who is it?"), "Denny")
    done_with_row(page, hands, "Denny")
    hands.press(page.get_by_role("button", name="Add an account"))
    hands.write(page.get_by_label("Name", exact=True), "Roisin Sorrelby")
    hands.choose(option(page, "How did you hear it?", "Face to face"))
    hands.write(box(page, "What did they say?"), OF_ALL[1])
    done_with_row(page, hands, "Roisin Sorrelby")
    hands.write(box(page, "What is happening in the family's wider life?"), "Rent went up.")


def write_sense(page: Page, hands: Hands) -> None:
    """What it means, of each child apart; the baby's is left for later."""
    hands.write(box(page, "What already makes life safer for the children?"), OF_ALL[2])
    hands.write(box(page, meaning("Isla")), OF_ISLA[3])
    hands.write(box(page, meaning("Maeve")), OF_MAEVE[2])


def write_outcomes(page: Page, hands: Hands) -> None:
    """Each child gets an answer of their own."""
    outcomes = {
        "Isla": ("Child criminal exploitation", "A strategy discussion today, with police and health", OF_ISLA[4]),
        "Maeve": ("Domestic abuse: parent or carer harmed", "Early help", OF_MAEVE[3]),
        "Baby": ("Domestic abuse: parent or carer harmed", "A child in need plan", OF_BABY[3]),
    }
    for child, (factor, outcome, reason) in outcomes.items():
        hands.choose(option(page, about("Which of these did you find?", child), factor))
        hands.choose(option(page, about("What should happen now?", child), outcome))
        hands.write(box(page, about("What is the reason for that?", child)), reason)


def write_change(page: Page, hands: Hands) -> None:
    """One hope for all of them."""
    hands.press(page.get_by_role("button", name="Add a hope"))
    hands.write(box(page, "What do we hope will change?"), OF_ALL[3])
    done_with_row(page, hands, OF_ALL[3])


def refused_and_mended(page: Page, hands: Hands, look: Look) -> None:
    """What is missing is led to from the error summary, one question on one child; then it can be handed in."""
    expect(page.get_by_role("heading", name="Check your answers", level=1)).to_be_visible()
    look(page)
    hands.press(page.get_by_role("button", name="Submit to your manager"))
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(summary.get_by_role("link")).to_have_count(1)
    look(page)
    hands.press(summary.get_by_role("link", name="What does all this mean for the child?"))
    missing = box(page, meaning("Baby"))
    expect(missing).to_be_in_viewport()
    expect(missing).to_be_focused()
    look(page)
    hands.write(missing, OF_BABY[2])
    back_to_the_check(page, hands)
    hands.press(page.get_by_role("button", name="Submit to your manager"))
    expect(page.get_by_text("Submitted to your manager.")).to_be_visible()


def back_to_the_check(page: Page, hands: Hands) -> None:
    """By the list of sections, which is folded up on a small screen."""
    sections = page.get_by_role("navigation", name="Sections of this form")
    check = sections.get_by_role("link", name="Check your answers")
    if not check.is_visible():
        sections.locator("summary").click()
    hands.press(check)


def each_record_alone(page: Page, hands: Hands, look: Look) -> None:
    """What is written about one child is on that child's record only; what is written about all is on each."""
    whole = {"Isla": OF_ISLA, "Maeve": OF_MAEVE, "Baby": OF_BABY}
    stands_there(page, [each for words in (*whole.values(), OF_ALL) for each in words])
    everybody = page.url.partition("?")[0]
    for child, own in whole.items():
        others = [each for other in whole.keys() - {child} for each in whole[other]]
        page.goto(everybody)
        hands.press(page.get_by_role("link", name=f"{child}’s record alone"))
        look(page)
        stands_there(page, (*own, *OF_ALL))
        stands_nowhere(page, others)
        hands.press(page.get_by_role("link", name="Print"))
        for each in own:
            expect(page.get_by_text(each).first, each).to_be_visible()
        stands_nowhere(page, others)


def stands_there(page: Page, words: Sequence[str]) -> None:
    """Each of these is in the record, be it in a part that is folded up."""
    for each in words:
        expect(page.get_by_role("article"), each).to_contain_text(each)


def stands_nowhere(page: Page, words: Sequence[str]) -> None:
    """None of these is in what the browser was given, shown or hidden."""
    source = page.content()
    assert [each for each in words if each in source] == []


def whole_way(page: Page, hands: Hands, look: Look) -> None:
    """From the child's page to each child's own record."""
    begin(page, hands, look)
    for write in (write_isla, write_maeve, write_baby):
        write(page, hands)
    asked_as_that_child(page)
    look(page)
    on_with(page, hands)
    write_around(page, hands, look)
    on_with(page, hands)
    write_sense(page, hands)
    look(page)
    on_with(page, hands)
    write_outcomes(page, hands)
    look(page)
    on_with(page, hands)
    write_change(page, hands)
    look(page)
    on_with(page, hands)
    refused_and_mended(page, hands, look)
    each_record_alone(page, hands, look)


def test_at_a_desk(page: Page) -> None:
    """Every page on the way is fit."""
    whole_way(page, Mouse(page), check_fit)


def test_on_a_small_screen(open_page: Open) -> None:
    """375 pixels wide: nobody scrolls sideways."""
    page = open_page(375)
    whole_way(page, Mouse(page), check_width)
