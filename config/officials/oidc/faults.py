"""Why an answer of the identity provider's signs nobody in: a word to count it by, and a sentence to say it with."""

from enum import StrEnum, auto


class Fault(StrEnum):
    """Why an answer was refused."""

    REPORTED = auto()
    STATE = auto()
    LATE = auto()
    REPLAYED = auto()
    CODE = auto()
    SIGNATURE = auto()
    ISSUER = auto()
    AUDIENCE = auto()
    NONCE = auto()
    EXPIRED = auto()
    CLOCK = auto()
    CLAIMS = auto()
    NOBODY = auto()
    LOGIN = auto()
    DISABLED = auto()
    OFFICE = auto()
    SET_UP = auto()
    UNREACHABLE = auto()


_ANEW = "Begin the sign-in anew."
SENTENCES = {
    Fault.REPORTED: f"The identity provider did not sign you in. {_ANEW}",
    Fault.STATE: f"This answer belongs to no sign-in that was begun in this browser, or it was used before. {_ANEW}",
    Fault.LATE: f"More than ten minutes passed since this sign-in was begun. {_ANEW}",
    Fault.REPLAYED: f"This answer of the identity provider's was used already; it serves once. {_ANEW}",
    Fault.CODE: f"The identity provider does not know the code of this answer, or it was used already. {_ANEW}",
    Fault.SIGNATURE: "This answer is not signed with a key of the identity provider's.",
    Fault.ISSUER: "This answer comes from another identity provider than the city's.",
    Fault.AUDIENCE: "This answer was made for another service than this one.",
    Fault.NONCE: f"This answer was made for another sign-in than the one that was begun here. {_ANEW}",
    Fault.EXPIRED: f"This answer has expired. {_ANEW}",
    Fault.CLOCK: "This answer is from the future: the clocks of this service and of the identity provider differ by "
    "more than a minute. Ask an administrator to set them right.",
    Fault.CLAIMS: "This answer does not say what it has to. Ask an administrator to look at how it is set up there.",
    Fault.NOBODY: "The identity provider knows you, but nobody has let you in here. Ask an administrator to, "
    "and tell them what the provider calls you: {subject}.",
    Fault.LOGIN: "Your login at the identity provider cannot be yours here: it is another official's, or no login. "
    "Ask an administrator, and tell them what the provider calls you: {subject}.",
    Fault.DISABLED: "An administrator has let you in no longer.",
    Fault.OFFICE: "The identity provider gives you other roles than you have here, and nobody else would be left with "
    "one of these. Ask an administrator to give it to somebody else first.",
    Fault.SET_UP: "The way to the identity provider is not set up rightly here. Ask an administrator to look at it; "
    "who has a password here signs in with it below.",
    Fault.UNREACHABLE: "The identity provider cannot be reached now, or does not answer as it should. Try again "
    "soon; who has a password here signs in with it below.",
}


class RefusedAnswer(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """An answer of the provider's that signs nobody in.

    Args:
        subject: What the provider calls a person, where that is believed.
        reason: What an administrator should know of it beside the sentence.
    """

    def __init__(self, fault: Fault, subject: str = "", *, reason: str = "") -> None:
        super().__init__(SENTENCES[fault].format(subject=subject))
        self.fault = fault
        self.reason = reason
