"""Eight people at one question over the network: who comes second is refused, reads both texts, and writes anew."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from benchmarks.crash.ledger import Sent, held_by, outcome, sealed
from benchmarks.crash.writer import Browser, Page, Reply
from tests.webapp.crash.conftest import Office

TURNS = 5


@dataclass
class Contender:
    """One of those who write into the same question; `refused` are the replies, `based_on` what each save built on."""

    number: int
    page: Page
    sent: list[Sent] = field(default_factory=list)
    based_on: list[int] = field(default_factory=list)
    refused: list[tuple[Sent, Reply]] = field(default_factory=list)

    def write(self) -> None:
        """Save until each text stood once."""
        self.page.load()
        for turn in range(TURNS):
            saved = Sent(
                (self.page.assessment, "day0"), f"{self.number}-{turn}", sealed(f"{self.number} wrote {turn}.")
            )
            self.sent.append(saved)
            while not saved.revision:
                self._try(saved)

    def _try(self, saved: Sent) -> None:
        based_on = self.page.revisions["day0"]
        reply = self.page.save({"day0": saved.words}, saved.key)
        self.page.note(reply.text)
        if reply.headers["Pith-Save"] == "saved":
            saved.revision = self.page.revisions["day0"]
            self.based_on.append(based_on)
        else:
            assert reply.status == 409
            self.refused.append((Sent(saved.place, saved.key, saved.words, self.page.revisions["day0"]), reply))


def _contend(browsers: Sequence[Browser], child: str) -> Sequence[Contender]:
    key = browsers[0].begin(child)
    contenders = [Contender(number, Page(browser, key)) for number, browser in enumerate(browsers)]
    with ThreadPoolExecutor(len(contenders)) as pool:
        list(pool.map(Contender.write, contenders))
    return contenders


def test_of_eight_at_one_question_nobody_is_overwritten_unseen(office: Office) -> None:
    """Each save built on the very text that stood before it, and each refusal showed both texts."""
    with office.browsers() as browsers:
        contenders = _contend(browsers, office.crew.child)
    sent = [saved for each in contenders for saved in each.sent]
    held = held_by(office.server.url, [sent[0].place[0]])
    found = outcome(sent, held)
    assert (found.acknowledged, len(held.history), found.clean) == (8 * TURNS, 8 * TURNS, True)
    for each in contenders:
        assert each.based_on == [saved.revision - 1 for saved in each.sent]
    refused = [pair for each in contenders for pair in each.refused]
    assert len(refused) >= 7
    stood = {row.revision: row.value.split("\n")[0] for row in held.history}
    for mine, reply in refused:
        assert mine.words.split("\n")[0] in reply.text
        assert stood[mine.revision] in reply.text
