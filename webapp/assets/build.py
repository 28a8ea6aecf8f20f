"""Makes the static files: trimmed, named by their content, compressed, with a manifest of their names."""

import gzip
import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from webapp.assets.govuk_styles import trimmed

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"
OWN = ROOT / "webapp" / "static"
BUILT = ROOT / "webapp" / "static_built"
MANIFEST = "manifest.json"
RECIPE = ("build.py", "govuk_styles.py")

_SOURCE_MAP = re.compile(rb"\s*(?://# sourceMappingURL=\S+|/\*# sourceMappingURL=\S+ \*/)\s*$")


class AssetSourcesMissing(Exception):
    """The packages for styles and scripts are not installed: `npm ci`, or any command of dev.py, does it."""


def refresh(modules: Path = MODULES, own: Path = OWN, built: Path = BUILT) -> bool:
    """Make the static files where a source changed since they were made; whether that was so.

    An installed Pith has no sources beside it, only what was made from them: nothing is done there.
    Raises AssetSourcesMissing where there are neither.
    """
    manifest = built / MANIFEST
    if not (modules / "govuk-frontend").is_dir():
        if manifest.is_file():
            return False
        raise AssetSourcesMissing(AssetSourcesMissing.__doc__)
    sources = _sources(modules, own)
    made_from = _fingerprint(sources)
    if manifest.is_file() and json.loads(manifest.read_bytes())["made_from"] == made_from:
        return False
    _make(sources, made_from, built)
    return True


def _sources(modules: Path, own: Path) -> Mapping[str, bytes]:
    """What each static file is made from, by its name, before any trimming."""
    ours = {path.relative_to(own).as_posix(): path.read_bytes() for path in _files(own)}
    govuk = modules / "govuk-frontend"
    return {
        **ours,
        "govuk.css": (govuk / "dist" / "govuk" / "govuk-frontend.min.css").read_bytes(),
        "govuk.version": json.loads((govuk / "package.json").read_bytes())["version"].encode(),
        "htmx.js": (modules / "htmx.org" / "dist" / "htmx.min.js").read_bytes(),
    }


def _fingerprint(sources: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    recipe = {name: Path(__file__).with_name(name).read_bytes() for name in RECIPE}
    for name, content in (*sources.items(), *recipe.items()):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _make(sources: Mapping[str, bytes], made_from: str, built: Path) -> None:
    """The manifest comes last and whole, so that a page never names a file that is not there yet."""
    contents = dict(sources)
    version = contents.pop("govuk.version").decode()
    contents["govuk.css"] = trimmed(contents["govuk.css"].decode(), version).encode()
    names = {name: _write(built, name, _SOURCE_MAP.sub(b"", content)) for name, content in contents.items()}
    manifest = json.dumps({"made_from": made_from, "names": names}, indent=1).encode()
    _replace(built / MANIFEST, manifest)
    known = {MANIFEST, *names.values()}
    for path in _files(built):
        if path.relative_to(built).as_posix().removesuffix(".gz") not in known:
            path.unlink(missing_ok=True)


def _files(folder: Path) -> list[Path]:
    """Every file below a folder in a fixed order, unfinished and editors' own files apart."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _write(built: Path, name: str, content: bytes) -> str:
    """Store a file under a name that holds its hash, and compressed where that is smaller; the new name."""
    stem, dot, suffix = name.rpartition(".")
    hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
    _replace(built / hashed, content)
    small = gzip.compress(content, 9, mtime=0)
    if len(small) < len(content):
        _replace(built / f"{hashed}.gz", small)
    return hashed


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)
