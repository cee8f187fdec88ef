"""The four ways to say no. Each carries sentences for the person who asked; only `app/` knows exit codes."""

from collections.abc import Mapping, Sequence

from config.remedies import Remedy


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """What was asked cannot be done.

    Args:
        sentence: What is wrong and where, and what to do where every door says that alike.
        remedy: What to do, where each door has its own words for it.
    """

    def __init__(self, sentence: str, *, remedy: Remedy | None = None) -> None:
        super().__init__(sentence)
        self.remedy = remedy


class NotFound(Refusal):
    """What was named does not exist here."""


class Conflict(Refusal):
    """What was asked contradicts what stands already."""


class NotPermitted(Refusal):
    """The one who asked may not do this."""


class Invalid(Refusal):
    """What was given is not well formed.

    Args:
        sentence: What is wrong and what to do.
        details: One sentence for each single fault, such as the rows of a file, in their order.
        remedy: As of every refusal.
    """

    def __init__(self, sentence: str, details: Sequence[str] = (), *, remedy: Remedy | None = None) -> None:
        super().__init__(sentence, remedy=remedy)
        self.details = tuple(details)


class InvalidFields(Invalid):
    """Some of the fields that were filled in cannot be used.

    Args:
        faults: By the field's name, a sentence that says what is wrong with it.
    """

    def __init__(self, faults: Mapping[str, str]) -> None:
        count = "One field" if len(faults) == 1 else f"{len(faults)} fields"
        named = [f"{name.replace('_', ' ')}: {fault}" for name, fault in faults.items()]
        super().__init__(f"{count} cannot be used as filled in.", named)
        self.faults = dict(faults)
