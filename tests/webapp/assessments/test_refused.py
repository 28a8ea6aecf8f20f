"""What cannot be done any more is refused in plain words, to whoever could do it before and to nobody else."""

from tests.webapp.assessments.desk import Desk, begin, take_away
from tests.webapp.conftest import NOW
from tests.webapp.visitor import Visitor
from webapp.store.database import Database, writing
from webapp.store.withdrawals import Withdrawal, withdraw


def test_a_child_no_longer_allocated_is_said_so_to_whoever_wrote(desk: Desk, database: Database) -> None:
    """Nothing is saved, and the words say why."""
    page = desk.open("visit")
    take_away(database, "Ossie")
    response = desk.save("visit", {"q-contact": "phone"}, page)
    assert response.status_code == 403
    assert response.headers["Pith-Refused"] == "no_longer_allocated"
    assert "Ossie is no longer allocated to you or your team" in response.text


def test_to_anybody_else_the_assessment_is_not_there(desk: Desk, database: Database, client: Visitor) -> None:
    """A stranger is not told that there is one."""
    page = desk.open("visit")
    take_away(database, "Ossie")
    stranger = Desk(client.sign_in("Nell Ottaway"), desk.key, desk.children)
    response = stranger.save("visit", {"q-contact": "phone"}, page)
    assert response.status_code == 404
    assert "Ossie" not in response.text


def test_a_withdrawn_form_is_begun_by_nobody_and_what_was_begun_goes_on(worker: Visitor, database: Database) -> None:
    """The refusal gives the reason that was written down."""
    desk = begin(worker)
    with writing(database) as connection:
        withdraw(connection, Withdrawal("visit", 1, "A question was wrong."), NOW)
    address = f"/children/{desk.children['Wren']}/begin/visit"
    response = worker.send(address, {"children": [desk.children["Wren"]]})
    assert response.status_code == 409
    assert "can no longer be begun: A question was wrong. Those begun before go on." in response.text
    assert "begin/visit" not in worker.get(f"/children/{desk.children['Wren']}/begin").text
    assert desk.save("visit", {"q-contact": "phone"}).headers["Pith-Save"] == "saved"
