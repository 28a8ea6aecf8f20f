"""The lint that every fetched page passes finds what it is there to find."""

import pytest

from tests.html_lint import faults

SOUND = """<!doctype html>
<html lang="en"><head><title>Title</title></head><body><main><h1>Heading</h1>
<label for="a">Name</label><input id="a" name="a" aria-describedby="hint"><p id="hint">As it is said</p>
<label>Note <textarea name="b"></textarea></label><input type="hidden" name="c"><a href="#a">Name</a>
<button type="submit">Save</button></main></body></html>"""


def test_a_sound_page_has_no_faults() -> None:
    """What is right passes."""
    assert faults(SOUND) == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("<!doctype html>\n", "", "doctype"),
        (' lang="en"', "", "language"),
        ("<title>Title</title>", "", "title"),
        ("<h1>Heading</h1>", "", "h1"),
        ("<h1>Heading</h1>", "<h1>One</h1><h1>Two</h1>", "h1"),
        ("<h1>Heading</h1>", "<h1></h1>", "h1"),
        ('<label for="a">Name</label>', "", "no label"),
        ('<label for="a">Name</label>', '<label for="a"></label>', "no label"),
        ('for="a"', 'for="z"', "no id of the page"),
        ('aria-describedby="hint"', 'aria-describedby="hint gone"', "'gone'"),
        ('href="#a"', 'href="#z"', "no id of the page"),
        ('<p id="hint">', '<p id="a">', "stands 2 times"),
        ("<p id", "<b><p id", "line 5"),
        (">Save<", "><", "no words"),
        ("<h1>", '<h1 style="color: red">', "forbids"),
        ("<h1>", "<script>1</script><h1>", "forbids"),
    ],
)
def test_each_kind_of_fault_is_found(right: str, wrong: str, told: str) -> None:
    """A page with one thing wrong is told by that thing."""
    assert right in SOUND
    assert told in " ".join(faults(SOUND.replace(right, wrong)))


def test_a_fragment_needs_no_page_around_it() -> None:
    """A piece of a page is held to labels and ids of its own, not to a title."""
    assert faults("<p>Saved 14:32</p>", whole_page=False) == []
    assert faults('<input name="a">', whole_page=False) == ["input 'a' has no label"]


def test_other_keys_make_no_other_page_unless_they_name_something_else() -> None:
    """What was fit once is known again by all but its random keys; a label of another key is told all the same."""
    first, second = "a1" * 16, "b2" * 16
    page = f'<label for="{first}">Name</label><input id="{first}" name="a">'
    assert faults(page, whole_page=False) == []
    assert faults(page.replace(first, second), whole_page=False) == []
    assert faults(page.replace(first, second, 1), whole_page=False) == ["input 'a' has no label"]
