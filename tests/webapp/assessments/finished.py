"""A visit in which everything needed has been said, and handing it in."""

from tests.webapp.assessments.desk import VISITED, Desk


def finish(desk: Desk) -> None:
    """Answer all that a visit in person to Wren and Ossie must say, and a little more."""
    desk.save("visit", VISITED)
    desk.save("visit", {"q-contact": "in_person"})
    for child, words_of in (("Wren", "“I shut my door.”"), ("Ossie", "He lined up the cars.")):
        desk.save("each_child", {desk.name("seen", child): "alone"})
        desk.save("each_child", {desk.name("child_words", child): words_of})
        desk.save("each_child", {desk.name("injury", child): "no"})
    desk.save("visit", {"q-place": "home"})
    room = desk.name("room", "Wren")
    desk.save("each_child", {room: None, room.replace("q-", "u-", 1): "y"})
    desk.save("around", {"q-saw": "Two coats."})
    desk.save("sense", {"q-meaning": None, "q-meaning-text": "First.\n\nSecond.", "q-meaning-evidence": ["saw"]})
    desk.save("next", {"q-manager_today": "yes"})
    desk.save("next", {"q-manager_why": "Because of the coats."})


def submit(desk: Desk, note: str = "") -> str:
    """Submit; gives the address it leads to."""
    desk.page("check")
    response = desk.visitor.send(f"/assessments/{desk.key}/submit", {"note": note})
    assert response.status_code == 303
    return str(response.location)
