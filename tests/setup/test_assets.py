"""The asset step: what reaches a browser is ours to show, small, and named by its content."""

import gzip
import json
import re
from pathlib import Path

import pytest

from webapp.assets import AssetsNotMade, AssetSourcesMissing, asset_path, find_asset, refresh
from webapp.assets.build import BUILT, ROOT
from webapp.assets.govuk_styles import UNUSED_COMPONENTS, trimmed

BUDGET = 60_000
STYLES = """@charset "UTF-8";
/*! Copyright of a font */
@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}
.govuk-body{font-family:GDS Transport,arial,sans-serif}
.govuk-footer__crown{margin:0}
.govuk-footer__copyright-logo{background-image:url(/assets/images/govuk-crest.svg)}
.govuk-tabs__tab,.govuk-label{margin:0}
@media print{.govuk-accordion{margin:0}}
@media (min-width:40em){.govuk-header{margin:0}.govuk-generic-header,.govuk-footer{margin:0}}
@supports not (color:red){.govuk-input:not(.a,.b){margin:0}}
@page{margin:2cm}
"""


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Folders of npm packages, of our own files and of what is made, small enough to read."""
    modules, own, built = tmp_path / "modules", tmp_path / "own", tmp_path / "built"
    govuk = modules / "govuk-frontend"
    _write(govuk / "dist" / "govuk" / "govuk-frontend.min.css", STYLES + "/*# sourceMappingURL=x.map */")
    _write(govuk / "package.json", '{"version": "6.3.0"}')
    _write(modules / "htmx.org" / "dist" / "htmx.min.js", "var htmx = 1;\n" * 50)
    _write(own / "pith.css", "body { margin: 0 }\n" * 50)
    _write(own / "images" / "dot.svg", "<svg/>")
    return modules, own, built


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_nothing_that_only_govuk_may_show_is_left() -> None:
    """No font face, no font name, no crown, no crest, and no address of a file."""
    styles = trimmed(STYLES, "6.3.0")
    rules = styles.partition("\n")[2]
    assert "MIT licence" in styles.partition("\n")[0]
    assert re.findall(r"font-face|GDS|crown|crest|url\(", rules) == []


def test_rules_of_used_components_stay() -> None:
    """A rule shared by a used and an unused component stays for the used one alone."""
    rules = trimmed(STYLES, "6.3.0").partition("\n")[2]
    assert rules == (
        ".govuk-body{font-family:arial,sans-serif}"
        ".govuk-label{margin:0}"
        "@media (min-width:40em){.govuk-generic-header,.govuk-footer{margin:0}}"
        "@supports not (color:red){.govuk-input:not(.a,.b){margin:0}}"
        "@page{margin:2cm}"
    )


def test_a_page_links_to_a_name_that_changes_with_the_content(sources: tuple[Path, Path, Path]) -> None:
    """So a browser may keep a file for ever and still sees the next one."""
    _modules, own, built = sources
    refresh(*sources)
    first = asset_path("pith.css", built)
    (own / "pith.css").write_text("body { margin: 1px }", encoding="utf-8")
    assert refresh(*sources) is True
    assert re.fullmatch(r"pith\.[0-9a-f]{12}\.css", first)
    assert asset_path("pith.css", built) != first
    assert find_asset(first, accepts_gzip=False, built=built) is None


def test_nothing_is_made_twice(sources: tuple[Path, Path, Path]) -> None:
    """Without a change the second run leaves every file as it was."""
    built = sources[2]
    assert refresh(*sources) is True
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*")}
    assert refresh(*sources) is False
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*")} == before


def test_what_has_lost_its_source_goes(sources: tuple[Path, Path, Path]) -> None:
    """A removed source takes its built files with it."""
    _modules, own, built = sources
    refresh(*sources)
    (own / "pith.css").unlink()
    refresh(*sources)
    assert list(built.glob("pith.*")) == []
    with pytest.raises(KeyError):
        asset_path("pith.css", built)


def test_compressed_files_hold_the_same_bytes(sources: tuple[Path, Path, Path]) -> None:
    """A browser that accepts gzip gets the same content, of the same type."""
    built = sources[2]
    refresh(*sources)
    plain = find_asset(asset_path("htmx.js", built), accepts_gzip=False, built=built)
    small = find_asset(asset_path("htmx.js", built), accepts_gzip=True, built=built)
    assert plain is not None
    assert small is not None
    assert (plain.encoding, small.encoding) == (None, "gzip")
    assert gzip.decompress(small.path.read_bytes()) == plain.path.read_bytes()
    assert plain.mimetype == small.mimetype == "text/javascript; charset=utf-8"


def test_a_file_that_compression_makes_larger_is_sent_as_it_is(sources: tuple[Path, Path, Path]) -> None:
    """Also from a folder of our own."""
    built = sources[2]
    refresh(*sources)
    found = find_asset(asset_path("images/dot.svg", built), accepts_gzip=True, built=built)
    assert found is not None
    assert (found.encoding, found.mimetype, found.path.read_text(encoding="utf-8")) == (
        None,
        "image/svg+xml",
        "<svg/>",
    )


@pytest.mark.parametrize("name", ["../own/pith.css", "pith.css", "manifest.json", "/etc/passwd", "", "\0"])
def test_only_names_that_were_made_are_found(sources: tuple[Path, Path, Path], name: str) -> None:
    """No path leads out of the folder, and the manifest itself stays inside."""
    refresh(*sources)
    assert find_asset(name, accepts_gzip=True, built=sources[2]) is None


def test_no_link_to_a_file_of_source_maps(sources: tuple[Path, Path, Path]) -> None:
    """A browser's developer tools ask for nothing that is not there."""
    refresh(*sources)
    assert all(b"sourceMappingURL" not in path.read_bytes() for path in sources[2].glob("*.css"))


def test_an_installed_pith_keeps_what_was_made(sources: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Without sources the made files serve; without either the refusal says what to do."""
    _modules, own, built = sources
    refresh(*sources)
    assert refresh(tmp_path / "none", own, built) is False
    with pytest.raises(AssetSourcesMissing, match="npm ci"):
        refresh(tmp_path / "none", own, tmp_path / "nothing")


def test_asking_too_early_is_answered_plainly(tmp_path: Path) -> None:
    """A page before the asset step says which step is missing."""
    with pytest.raises(AssetsNotMade, match=r"dev\.py"):
        asset_path("pith.css", tmp_path)


def test_all_static_files_together_keep_to_their_budget() -> None:
    """What a slow line carries once: at most 60 kB compressed."""
    refresh()
    names = json.loads((BUILT / "manifest.json").read_bytes())["names"].values()
    found = [find_asset(name, accepts_gzip=True) for name in names]
    assert sum(asset.path.stat().st_size for asset in found if asset) <= BUDGET


def test_the_real_styles_show_nothing_of_the_crown() -> None:
    """The pinned GOV.UK Frontend, trimmed, names no font, crest or file of its own."""
    refresh()
    styles = (BUILT / asset_path("govuk.css")).read_text(encoding="utf-8").partition("\n")[2]
    assert re.findall(r"font-face|GDS|crown|crest|url\(", styles) == []
    assert ".govuk-radios__input" in styles


def test_no_page_uses_a_component_whose_styles_are_left_out() -> None:
    """A template that starts to use one must take it off the list first."""
    unused = re.compile(rf"govuk-(?:{'|'.join(UNUSED_COMPONENTS)})\b")
    pages = [page for page in (ROOT / "webapp").rglob("*.html") if unused.search(page.read_text("utf-8"))]
    assert pages == []
