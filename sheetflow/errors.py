"""Errors that carry what their catcher must decide; each message says what to change."""


class SheetflowError(Exception):
    """Something sheetflow was asked to do can't be done; the message is for a person."""


class ConfigError(Exception):
    """The configuration can't be right. Outside SheetflowError so that no loop over leads swallows it.

    `problems` holds every finding, one sentence each, with the name, the value seen and the values allowed.
    """

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class LedgerUnavailable(SheetflowError):
    """The ledger can't be read or written now; trying again later may work."""


class Flooded(SheetflowError):
    """One visitor of a public page posts more than anybody has to say; later is soon enough."""


class SheetUnavailable(SheetflowError):
    """The Sheet can't be read or written now; trying again later may work."""


class MailboxUnavailable(SheetflowError):
    """Replies can't be read now, so nobody knows who has answered."""


class TemplateError(SheetflowError):
    """A message can't be rendered: names the template, the line and the variable."""
