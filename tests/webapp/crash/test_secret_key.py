"""The key that cookies are signed with is there whole, or made anew at the next start."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from webapp.config import Settings


def test_a_server_killed_while_it_makes_its_key_leaves_none_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty key would let anybody forge what the server signs."""

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            assert Settings(data=tmp_path).signing_key
    assert not (tmp_path / "secret_key").exists()
    assert len(Settings(data=tmp_path).signing_key) > 40


def test_servers_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    """Whoever comes first makes it; nothing else is left in the folder."""
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Settings(data=tmp_path).signing_key, range(8)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]
