"""Who looks: the one value that `visible_to` decides on."""

from dataclasses import dataclass
from typing import Protocol


class Ownable(Protocol):
    """What can belong to somebody: a document."""

    pk: str
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person as far as access goes: made from what a browser keeps; the terminal is OPERATOR."""

    owned: frozenset[str] = frozenset()
    """Identifiers of the documents whose manage link this person has opened or been given."""
    operator: bool = False
    """The person who runs the site, at its terminal."""
    person: int | None = None
    """The account that is logged in."""
    granted: frozenset[str] = frozenset()
    """Identifiers of the documents that a share link has opened to this person, to be read and no more."""

    def owns(self, document: Ownable) -> bool:
        """Whether this person may change the document."""
        return self.keeps(document.pk, document.owner_id)

    def keeps(self, identifier: str, owner: int | None) -> bool:
        """Whether a document of this identifier and account would be this person's."""
        return self.operator or identifier in self.owned or (owner is not None and owner == self.person)


ANONYMOUS = Viewer()
OPERATOR = Viewer(operator=True)
