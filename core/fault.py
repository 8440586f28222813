"""What pure code raises when it will not compute: a sentence in Chinese that says what is wrong and what mends it."""


class Fault(ValueError):
    """A refusal of the pure layer. Actions turn it into a `core.errors.Refusal`.

    `code` is for programs, `str(fault)` is the sentence for people, `facts` are the values it speaks of.
    """

    def __init__(self, code: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts
