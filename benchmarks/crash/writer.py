"""Somebody who writes without pause over one connection, and sends again what was not answered."""

import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from benchmarks.crash.diary import FORM, SECTION, question
from benchmarks.crash.ledger import Sent, sealed
from benchmarks.crash.serving import HOST

PATIENCE = 180
"""Seconds until a server that does not come back, or never answers, is a failure."""

UNREACHED = (OSError, HTTPException)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
BY_SCRIPT = {"HX-Request": "true"}
WORDS = (
    "She", "said", "that", "Mum’s", "friend", "came", "twice,", "“only", "for", "tea”.", "Mae", "hi’n", "dŵad", "🙂",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server answered, and how many seconds that took from `asked_at` (on the monotonic clock)."""

    status: int
    headers: dict[str, str]
    text: str
    asked_at: float
    seconds: float


class Browser:
    """One connection, kept open, as one person who signed in."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=PATIENCE)
        self.cookies: SimpleCookie = SimpleCookie()
        self.token = ""

    def ask(self, path: str, sent: dict[str, object] | None = None, script: bool = False) -> Reply:
        """Fetch a page or post a form; raises OSError or HTTPException where no whole answer comes."""
        body = None if sent is None else urlencode({"csrf_token": self.token, **sent}, doseq=True)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": cookie, **(FORM_TYPE if body else {}), **(BY_SCRIPT if script else {})}
        asked_at = time.monotonic()
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            response = self.connection.getresponse()
            text = response.read().decode()
        except UNREACHED:
            self.connection.close()
            raise
        reply = Reply(response.status, dict(response.getheaders()), text, asked_at, time.monotonic() - asked_at)
        for given in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(given)
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return reply

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def sign_in(self, person: str) -> None:
        """Choose whom to be, by key."""
        self.ask("/sign-in")
        reply = self.ask("/sign-in", {"person": person})
        if reply.status != 302:
            raise ValueError(f"signing in was answered {reply.status}")
        self.ask(reply.headers["Location"])

    def begin(self, child: str) -> str:
        """Begin the form about a child; gives the assessment's key."""
        self.ask(f"/children/{child}/begin/{FORM}")
        reply = self.ask(f"/children/{child}/begin/{FORM}", {"children": child})
        if reply.status != 303:
            raise ValueError(f"beginning was answered {reply.status}")
        return reply.headers["Location"].rpartition("/")[2]

    def wait_until_back(self) -> None:
        """Return once the server takes connections again."""
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            try:
                self.connection.connect()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("the server did not come back")


@dataclass
class Page:
    """A section that is open: its address, and the revision each of some questions is based on."""

    browser: Browser
    assessment: str
    revisions: dict[str, int] = field(default_factory=dict)
    on_page: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it is fetched from and saved to."""
        return f"/assessments/{self.assessment}/sections/{SECTION}"

    def load(self) -> Reply:
        """Fetch it, and note what it shows."""
        reply = self.browser.ask(self.address)
        self.on_page = re.findall(r'id="(q-\w+-question)"', reply.text)
        self.note(reply.text)
        return reply

    def note(self, text: str) -> None:
        """Take over the revisions that a page or a reply tells."""
        self.revisions |= {name: int(number) for name, number in re.findall(r'value="q-(\w+) (\d+)"', text)}

    def save(self, answers: dict[str, str], key: str) -> Reply:
        """Save some answers in one request, as the page's script does."""
        sent: dict[str, object] = {
            "held": [f"q-{name}" for name in answers],
            "based_on": [f"q-{name} {self.revisions.get(name, 0)}" for name in answers],
            "on_page": self.on_page,
            "key": key,
            **{f"q-{name}": words for name, words in answers.items()},
        }
        return self.browser.ask(self.address, sent, script=True)


@dataclass
class Writer:
    """Writes into two questions of its own, now one, now both at once; `sent` is everything it ever sent."""

    number: int
    page: Page
    chance: random.Random
    sent: list[Sent] = field(default_factory=list)
    acknowledged: int = 0
    opened: int = 0
    refused: list[Reply] = field(default_factory=list)
    unanswered: int = 0

    @property
    def questions(self) -> Sequence[str]:
        """The ids of its questions."""
        return question(2 * self.number), question(2 * self.number + 1)

    def write(self, enough: Callable[[], bool]) -> None:
        """Save again and again until there is enough; raises ValueError for an answer that is neither yes nor wait."""
        self._open()
        while not enough():
            self._save(self.chance.sample(self.questions, self.chance.choice((1, 1, 2))))

    def _save(self, places: Sequence[str]) -> None:
        key = f"{self.number}-{len(self.sent)}-{self.chance.getrandbits(64):x}"
        saves = [Sent((self.page.assessment, place), key, self._words()) for place in places]
        self.sent += saves
        while not self._answered(key, saves):
            if self.unanswered and self.chance.random() < 0.3:  # as if the tab were closed and the page opened anew
                self._open()
                return

    def _open(self) -> None:
        """Fetch the page, as often as it takes."""
        while True:
            try:
                if self.page.load().status == 200:
                    self.opened += 1
                    return
                time.sleep(0.1)
            except UNREACHED:
                self.page.browser.wait_until_back()

    def _answered(self, key: str, saves: Sequence[Sent]) -> bool:
        """Send once; False where that must be done again."""
        try:
            reply = self.page.save({each.place[1]: each.words for each in saves}, key)
        except UNREACHED:
            self.unanswered += 1
            self.page.browser.wait_until_back()
            return False
        if reply.status == 503:
            self.refused.append(reply)
            time.sleep(0.1)
            return False
        if reply.headers.get("Pith-Save") != "saved":
            raise ValueError(f"a save was answered {reply.status}: {reply.text[:500]}")
        self.page.note(reply.text)
        for each in saves:
            each.revision = self.page.revisions[each.place[1]]
        self.acknowledged += len(saves)
        return True

    def _words(self) -> str:
        words = " ".join(self.chance.choices(WORDS, k=self.chance.choice((3, 40, 400, 4000))))
        return sealed(f"{self.number} {len(self.sent)} {words}")
