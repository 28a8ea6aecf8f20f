"""Overlays: a local change or a trial variant as a list of operations on a published base."""

from engine.overlays.applying import apply
from engine.overlays.checking import check
from engine.overlays.faults import OverlayProblem
from engine.overlays.schema import overlay_schema
from engine.overlays.whole import weaknesses

__all__ = ["OverlayProblem", "apply", "check", "overlay_schema", "weaknesses"]
