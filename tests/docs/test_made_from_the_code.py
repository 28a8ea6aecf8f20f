"""What pages take from the code: no table is stale or forgotten, no command prints anything else by now."""

import os
from pathlib import Path

import pytest

from tests.docs.blocks import BLOCKS, blocks_in, filled
from tests.docs.consoles import replayed
from tests.docs.pages import PAGES, name_of, text_of

pytestmark = pytest.mark.golden


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_is_made_from_the_code_is_as_the_code_makes_it(page: Path) -> None:
    """After a change to a type, operator, check, setting or command, `python3 dev.py golden` writes it anew."""
    written = text_of(page)
    now = replayed(filled(written))
    if "PITH_REWRITE_GOLDEN" in os.environ:
        page.write_text(now, encoding="utf-8")
        return
    assert now == written, "`python3 dev.py golden` makes it anew"


def test_every_block_stands_on_one_page() -> None:
    """What can be made is shown, and shown once."""
    found = [name for page in PAGES for name in blocks_in(text_of(page))]
    assert sorted(found) == sorted(BLOCKS)
