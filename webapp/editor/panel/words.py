"""What pages call the settings of a form and their values, where the schema's own words are not for people."""

from collections.abc import Mapping

_A_DATE = "Such as 2026-03-31, or today, or the name in answers of an earlier question that asks for a date."

SAID: Mapping[str, tuple[str, str | None]] = {
    "title": ("Title", ""),
    "purpose": ("What it is for", "In a sentence or two."),
    "replaces.title": ("The long form it takes the place of", "Its title. Leave it empty where there is none."),
    "replaces.pages": ("Pages that one had", ""),
    "replaces": ("The long form it takes the place of", None),
    "budget": ("Budget", None),
    "timescale": ("When it should be finished", None),
    "sign_off": ("Sign-off", None),
    "languages": ("Languages", "Every text is needed in each: en for English, cy for Welsh."),
    "notes": ("Notes for those who look after the form", "No worker sees them."),
    "read_first": ("What leads the reading view", ""),
    "sign_off.by": ("Who signs it off", "In one word, such as manager. Leave it empty where nobody does."),
    "sign_off.conversation": ("Whether it is kept what the two talked about", ""),
    "budget.longest_path": ("At most: questions of the longest path", ""),
    "budget.shortest_path": ("At most: questions of the shortest path", ""),
    "budget.minutes": ("At most: minutes to fill in the longest path", ""),
    "budget.questions_per_child": ("At most: questions for each further child", ""),
    "budget.minutes_per_child": ("At most: minutes for each further child", ""),
    "budget.words_to_read": ("At most: words to read on the longest path", ""),
    "budget.printed_pages": ("At most: printed pages of the empty form", ""),
    "budget.reading_age": ("At most: reading age of its words", "The age at which a child could read them."),
    "timescale.days": ("Days until it should be finished", "Leave it empty where there is no limit."),
    "timescale.unit": ("Which days count", ""),
    "timescale.from": ("Counted from", "A question that asks for a date. Without one, from the day it is begun."),
    "intro": ("Introduction", "A few sentences under the heading."),
    "group": ("Heading in the list of sections", "Sections next to each other that have the same stand under it."),
    "origin.form": ("Copied from the form", "For your own use; nothing follows from it."),
    "origin.version": ("Copied from its version", ""),
    "origin.section": ("Copied from its section", ""),
    "label": ("Question", ""),
    "hint": ("Hint", ""),
    "why": ("Why we ask", ""),
    "guidance": ("Guidance for staff", "It opens when somebody asks for it. Markdown: **bold**, lists, links."),
    "type": ("How it is answered", ""),
    "kind": ("What it is for", ""),
    "required": ("Must be answered before it is submitted", ""),
    "not_known": ("“Not known yet” as an answer", "As usual: for facts, voice and analysis."),
    "per_child": ("Asked once for each child", ""),
    "protected": (
        "Protected",
        "For what the law or a child’s safety needs: neither local changes nor trials can drop or weaken it.",
    ),
    "reason_for": ("The decision it gives the reason for", ""),
    "shows": ("Earlier answers shown with it", ""),
    "concept": ("The fact it records", "A name that every form gives it that asks for the same, such as visit.date."),
    "carry_forward": ("What the next form does with the answer", ""),
    "running_list": ("The child’s list that its rows join", "Its name, such as people or injuries."),
    "share": ("Whose copy may hold the answer", ""),
    "returns": ("The item of a statutory return it answers", ""),
    "not_before": ("Earliest date", _A_DATE),
    "not_after": ("Latest date", _A_DATE),
    "of": ("Worked out from", "Earlier questions, in this order."),
    "function": ("What is worked out", "From dates, from numbers, or from how many lines or options there are."),
}
"""Title and hint by key, of a setting within another as `sign_off.by`; None for the schema's own hint."""

OF_AN_OPTION: Mapping[str, tuple[str, str]] = {
    "hint": ("hint", "A few words under it."),
    "group": ("group", "A name that options share, so that a heading or a condition stands for them all."),
    "exclusive": ("chosen alone", "For “none of these”: whoever chooses it chooses nothing else."),
}
"""The same of an option, whose number stands before the title."""

VALUES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "fact": "Fact: what is so",
        "voice": "Voice: what a child or parent says, in their words",
        "analysis": "Analysis: what it means",
        "decision": "Decision: what will be done",
        "statutory": "Statutory: what the law or a return asks for",
    },
    "carry_forward": {"offer": "Offers it, to be confirmed or changed", "never": "Asks afresh"},
    "share": {
        "authority": "Nobody’s outside the authority",
        "professionals": "Other professionals’ too",
        "family": "The family’s too",
    },
    "sign_off.conversation": {"required": "It must be", "optional": "It may be", "none": "It is not asked"},
    "timescale.unit": {"working": "Working days", "calendar": "All days"},
    "format": {
        "email": "An email address",
        "phone": "A phone number",
        "postcode": "A full postcode",
        "nhs_number": "An NHS number",
        "upn": "A unique pupil number",
    },
    "function": {
        "age": "Age in whole years",
        "days_between": "Days between two dates",
        "working_days_between": "Working days between two dates",
        "add_days": "A date some days later",
        "count": "How many there are",
        "sum": "The sum",
    },
}
"""What a menu says in place of a word of the schema."""
