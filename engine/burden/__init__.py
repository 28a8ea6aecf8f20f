"""What a form costs the person who fills it in: questions, words, minutes, pages, reading age, and its budget."""

from engine.burden.measuring import Burden, OverBudget, budget_broken, measure
from engine.burden.minutes import seconds_to_answer
from engine.burden.outline import outline
from engine.burden.parameters import parameters
from engine.burden.reading_age import HeavyText, heavy_texts, reading_age

__all__ = [
    "Burden",
    "HeavyText",
    "OverBudget",
    "budget_broken",
    "heavy_texts",
    "measure",
    "outline",
    "parameters",
    "reading_age",
    "seconds_to_answer",
]
