"""Finds a static file: its hashed name for a page's link, its bytes for a request."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from webapp.assets.build import BUILT, MANIFEST

TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
}


class AssetsNotMade(Exception):
    """The styles and scripts have not been made yet: any command of dev.py that needs them does it."""


@dataclass(frozen=True, slots=True)
class FoundAsset:
    """How one request for a static file is answered: its place, its Content-Encoding, its Content-Type."""

    path: Path
    encoding: str | None
    mimetype: str


def asset_path(name: str, built: Path = BUILT) -> str:
    """The hashed name of a static file, such as pith.0a1b2c3d4e5f.css for pith.css.

    Raises KeyError for a name that is not a static file, AssetsNotMade before the asset step has run.
    """
    return _names(built)[name]


def find_asset(hashed_name: str, accepts_gzip: bool, built: Path = BUILT) -> FoundAsset | None:
    """The file behind a hashed name, compressed for a browser that accepts gzip; None for any other name.

    Only names in the manifest are found, so no path can lead out of the folder.
    """
    if hashed_name not in _names(built).values():
        return None
    plain = built / hashed_name
    small = plain.with_name(f"{plain.name}.gz")
    mimetype = TYPES.get(plain.suffix, "application/octet-stream")
    if accepts_gzip and small.is_file():
        return FoundAsset(small, "gzip", mimetype)
    return FoundAsset(plain, None, mimetype)


def _names(built: Path) -> Mapping[str, str]:
    """Read again only when the manifest was made anew."""
    manifest = built / MANIFEST
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except FileNotFoundError:
        raise AssetsNotMade(AssetsNotMade.__doc__) from None


@lru_cache(maxsize=8)
def _read(manifest: Path, _changed: int) -> Mapping[str, str]:
    names: dict[str, str] = json.loads(manifest.read_bytes())["names"]
    return names
