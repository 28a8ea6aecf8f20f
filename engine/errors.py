"""The base classes of every refusal: a subclass's docstring is its message, its code is stable."""

from typing import Any, ClassVar


class Refusal(Exception):
    """Pith refused to do this."""

    code: ClassVar[str] = "refused"

    def __init__(self, **detail: Any) -> None:
        """Keep the details that the message names, such as the place and what was found there."""
        super().__init__(detail)
        self.detail = detail

    @property
    def message(self) -> str:
        """The class's docstring with the details filled in, in plain words for a person."""
        return (type(self).__doc__ or "").strip().format(**self.detail)

    def __str__(self) -> str:
        """Show the message wherever the error is printed."""
        return self.message


class BadInput(Refusal):
    """What was given cannot be used."""

    code = "bad_input"


class NotFound(Refusal):
    """There is nothing here by that name."""

    code = "not_found"
