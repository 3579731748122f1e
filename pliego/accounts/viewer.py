"""Who looks: the one value that `visible_to` decides on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as far as access goes: made from the secret that a browser keeps; the terminal is OPERATOR."""

    owned: frozenset[str] = frozenset()
    """Identifiers of the documents whose manage link this person has opened or been given."""
    operator: bool = False
    """The person who runs the site, at its terminal."""

    def owns(self, identifier: str) -> bool:
        """Whether this person may change the document."""
        return self.operator or identifier in self.owned


ANONYMOUS = Viewer()
OPERATOR = Viewer(operator=True)
