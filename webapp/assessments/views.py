"""All the pages of an assessment, on one blueprint."""

from webapp.assessments import begin, feedback, finish, languages, moving, set_aside, write
from webapp.assessments.blueprint import blueprint

__all__ = ["begin", "blueprint", "feedback", "finish", "languages", "moving", "set_aside", "write"]
