"""The parts of the documentation that are made from the code: which there are, and putting them in their pages."""

import re
from collections.abc import Callable, Mapping
from functools import partial

from tests.docs.made import checks, commands, form_format, question_types, settings, trials, xlsform

BLOCKS: Mapping[str, Callable[[], str]] = {
    "commands": commands.commands,
    "developer commands": commands.developer_commands,
    "settings": settings.settings,
    "question types": question_types.question_types_page,
    "types in short": form_format.types_in_short,
    "form": form_format.form_keys,
    "replaces": partial(form_format.part_keys, "replaces"),
    "budget": partial(form_format.part_keys, "budget"),
    "timescale": partial(form_format.part_keys, "timescale"),
    "origin": form_format.origin_keys,
    "sign-off": partial(form_format.part_keys, "sign_off"),
    "section": form_format.section_keys,
    "question": form_format.question_keys,
    "not in rows": form_format.not_in_rows,
    "option": form_format.option_keys,
    "operators": form_format.operators,
    "facts of a child": form_format.facts_of_a_child,
    "text formats": form_format.text_formats,
    "longest answer": form_format.hard_cap,
    "answer problems": form_format.answer_problems,
    "overlay operations": form_format.overlay_operations,
    "faults of text": checks.faults_of_text,
    "faults of size": checks.faults_of_size,
    "families of faults": checks.families_of_faults,
    "faults of settings": checks.faults_of_settings,
    "faults of overlays": checks.faults_of_overlays,
    "faults of code lists": checks.faults_of_code_lists,
    "faults of cases": checks.faults_of_cases,
    "faults of twins": checks.faults_of_twins,
    "trial simulations": trials.simulations,
    "least p": trials.least_p,
    "xlsform types": xlsform.taken,
    "xlsform types left out": xlsform.types_left_out,
    "xlsform columns left out": xlsform.columns_left_out,
    "xlsform row types": xlsform.row_types,
    "xlsform outcomes": xlsform.outcomes,
}
_BLOCK = re.compile(r"<!-- made: (?P<name>.+?) -->\n.*?<!-- end -->", re.DOTALL)


def blocks_in(page: str) -> list[str]:
    """The names of the blocks that stand in a page."""
    return [found["name"] for found in _BLOCK.finditer(page)]


def filled(page: str) -> str:
    """The page with every block as the code makes it now; a KeyError names a block that there is not."""
    return _BLOCK.sub(
        lambda found: f"<!-- made: {found['name']} -->\n\n{BLOCKS[found['name']]()}\n\n<!-- end -->", page
    )
