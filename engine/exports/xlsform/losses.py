"""What a question loses in a tool that knows nothing of Pith, in words."""

from collections.abc import Iterator, Mapping

from engine.definition import Question

ELSEWHERE: Mapping[str, str] = {
    "why": "why a question is asked",
    "kind": "what an answer is for",
    "type": "the type of question",
    "prompts": "questions to think with",
    "words_guide": "about how many words are enough",
    "evidence": "that writing can rest on answers",
    "ask": "what is asked of a person",
    "partial": "that a month or a year alone will do",
    "not_before": "the earliest date, as Pith says it",
    "not_after": "the latest date, as Pith says it",
    "row_label": "what one row is called",
    "part": "that the words introduce a section",
    "id": "the name a question has in Pith",
    "show_when": "when it is asked, as Pith says it",
    "per_child": "that it is asked for each child",
    "not_known": "whether “not known yet” is an answer",
    "concept": "the fact that an answer records",
    "share": "whose copy may hold an answer",
    "protected": "that no local change may weaken it",
    "reason_for": "the decision that an answer gives the reason for",
    "carry_forward": "what a later form does with an answer",
    "running_list": "the list that rows join",
    "returns": "the item of a statutory return",
    "shows": "the earlier answers shown beside it",
    "code_list": "the dated list that options come from",
    "exclusive": "that an option stands alone, which the constraint says too",
    "group": "what a heading or a group of options is called",
    "hint": "the words under an option or a list",
}


def approximations(question: Question, calculated: bool, constraint: str) -> Iterator[tuple[str, str]]:
    """Each way in which another tool asks a question differently, with what to do about it."""
    settings = question.settings
    if question.per_child and question.given.get("per_child") is not None:
        yield "It is asked once for each child, and another tool asks it once.", "Send one form for each child."
    if question.type == "person":
        yield "A person is asked as one text.", "Say in the hint what to write: the name, and who it is."
    if question.type == "worked_out" and not calculated:
        yield "Other tools cannot work this value out: they show its words alone.", "Have it counted by hand."
    if question.type == "worked_out" and calculated:
        yield "Other tools work it out and do not show it.", "Add a note that shows the answer where it is needed."
    if question.type == "date" and settings["partial"]:
        yield "A month or a year alone is no date elsewhere: a whole day is asked.", ""
    limits = [key for key in ("not_before", "not_after") if key in settings]
    if limits and len(constraint.split(" and ")) < len(limits) + (not constraint):
        yield "Other tools do not hold the date to all of its limits.", "Say the limits in the hint."
    if question.type == "number" and "step" in settings:
        yield f"Other tools do not hold the number to steps of {settings['step']}.", "Say the step in the hint."
    if "format" in settings:
        yield f"Other tools take any text, not only a {settings['format'].replace('_', ' ')}.", ""
