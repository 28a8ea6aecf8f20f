"""Proofs about a form: what can never be shown, what always is, the longest and shortest path, each with a witness."""

from engine.proofs.contradictions import Contradiction
from engine.proofs.paths import PathLength, questions_asked
from engine.proofs.proving import Proofs, prove
from engine.proofs.search import Effort
from engine.proofs.witness import Witness

__all__ = ["Contradiction", "Effort", "PathLength", "Proofs", "Witness", "prove", "questions_asked"]
