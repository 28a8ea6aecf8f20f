"""pith export: a form as a file that other tools read, with what they would lose."""

import argparse
import json
from pathlib import Path

from engine.errors import BadInput
from engine.exports import formats
from webapp.commands.checked import checked_definition, plain


class CannotWrite(BadInput):
    """{path}: {why}"""

    code = "cannot_write"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The definition, the format and the file to write."""
    parser.add_argument("path", type=Path, metavar="PATH", help="a definition")
    words = "; ".join(f"{name}: {each.SUMMARY}" for name, each in formats().items())
    parser.add_argument("--format", choices=list(formats()), required=True, metavar="FORMAT", help=words)
    parser.add_argument("out", type=Path, metavar="OUT", help="the file to write; one that is there is replaced")
    parser.add_argument("--json", action="store_true", help="print a JSON list of what other tools would lose")


def run(chosen: argparse.Namespace) -> int:
    """Write the file and print what other tools would lose."""
    written = formats()[chosen.format].write(checked_definition(chosen.path))
    try:
        chosen.out.write_bytes(written.content)
    except OSError as error:
        raise CannotWrite(path=chosen.out, why=(error.strerror or "it cannot be written").lower()) from error
    if chosen.json:
        print(json.dumps([each.to_json() for each in written.unfit], ensure_ascii=False, indent=2))
        return 0
    print(f"{plain(str(chosen.out))} is written. What other tools would lose: {len(written.unfit)}.")
    for each in written.unfit:
        print(plain(each.in_words(), keep="\n"))
    return 0
