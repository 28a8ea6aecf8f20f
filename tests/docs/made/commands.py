"""The commands of pith, and the developer's, from what they say of themselves."""

import argparse
from collections.abc import Iterator, Mapping
from importlib import import_module

import dev
from tests.docs.made.writing import code, paragraphs, table
from webapp.cli import COMMANDS


def commands() -> str:
    """A part for each command of pith, with its arguments."""
    return paragraphs(*map(_command, COMMANDS))


def _command(name: str) -> str:
    meaning = COMMANDS[name]
    parser = arguments_of(name)
    told = [
        paragraphs(f"### pith {name} {part}", of.description or "", _arguments(of))
        for part, of in parts_of(parser).items()
    ]
    return paragraphs(f"## pith {name}", _sentence(meaning), *(told or [_arguments(parser)]))


def parts_of(parser: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """The parts of a command that has several, each with its own arguments; none for others."""
    return {
        name: of
        for action in _actions(parser)
        if isinstance(action.choices, dict)
        for name, of in action.choices.items()
    }


def _sentence(meaning: str) -> str:
    return f"{meaning[0].upper()}{meaning[1:]}."


def _arguments(parser: argparse.ArgumentParser) -> str:
    rows = [(code(_written(action)), _help(action)) for action in _actions(parser) if action.dest != "help"]
    return table(["Argument", "Meaning"], rows) or "It takes no arguments."


def arguments_of(name: str) -> argparse.ArgumentParser:
    """A parser of one command's arguments."""
    parser = argparse.ArgumentParser(prog=f"pith {name}", add_help=False)
    import_module(f"webapp.commands.{name.replace('-', '_')}").add_arguments(parser)
    return parser


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    return iter(parser._actions)


def _written(action: argparse.Action) -> str:
    """The argument as it is typed, in square brackets where it may be left out."""
    value = str(action.metavar or action.dest.upper()) if action.nargs != 0 else ""
    if not action.option_strings:
        return {"+": f"{value} ...", "*": f"[{value} ...]", "?": f"[{value}]"}.get(str(action.nargs), value)
    many = " ..." if action.nargs in {"+", "*"} else ""
    written = " ".join(filter(None, [action.option_strings[-1], value])) + many
    return written if action.required else f"[{written}]"


def _help(action: argparse.Action) -> str:
    words = (action.help or "") % vars(action)
    return _sentence(words) if words else ""


def developer_commands() -> str:
    """One line for each command of dev.py."""
    told = [line.split("  ", 1) for line in (dev.__doc__ or "").splitlines() if line.startswith("python3 dev.py")]
    return table(["Command", "What it does"], [(code(command), meaning.strip()) for command, meaning in told])
