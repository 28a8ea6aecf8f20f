"""Proofs about a form: what can never be shown, what always is, the longest and shortest path, each with a witness."""

from engine.proofs.comparison import Comparison, NotDecided
from engine.proofs.contradictions import Contradiction
from engine.proofs.not_known import ClosedFollowUp, closed_by_not_known
from engine.proofs.paths import PathLength, questions_asked
from engine.proofs.proving import Proofs, forget, prove
from engine.proofs.search import Effort
from engine.proofs.witness import Witness

__all__ = [
    "ClosedFollowUp",
    "Comparison",
    "Contradiction",
    "Effort",
    "NotDecided",
    "PathLength",
    "Proofs",
    "Witness",
    "closed_by_not_known",
    "forget",
    "prove",
    "questions_asked",
]
