"""Pages taken from one document into another, with all that belongs to them.

Forms, layers and named places come along by qpdf's means; bookmarks, page labels and what stands in the catalog are
carried here, and so are the tags (see `structure`). Links to pages that did not come along are removed, as they would
lead nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Dictionary, NameTree, PageCopyResult

from pliego.errors import UnreadablePdf
from pliego.pdf.bookmarks import Bookmark, moved, read_bookmarks, write_bookmarks
from pliego.pdf.destinations import Places, drop_dead_links, name_tree, places_of
from pliego.pdf.labels import Label, read_labels, write_labels
from pliego.pdf.structure import Structure

_CATALOG = ("/Lang", "/ViewerPreferences", "/PageLayout", "/PageMode", "/Metadata", "/OutputIntents")
_TREES = ("/EmbeddedFiles", "/JavaScript")
"""Named things that belong to the whole document."""


@dataclass(slots=True)
class Donor:
    """A document that pages are taken from, with what was read of it once."""

    pdf: pikepdf.Pdf
    places: Places = field(init=False)
    bookmarks: list[Bookmark] = field(init=False)
    labels: list[Label | None] = field(init=False)

    def __post_init__(self) -> None:
        self.places = places_of(self.pdf)
        self.bookmarks = read_bookmarks(self.pdf, self.places)
        self.labels = read_labels(self.pdf)


class Graft:
    """A document in the making; ``tagged`` off leaves out the tags."""

    def __init__(self, *, tagged: bool = True) -> None:
        self.pdf = pikepdf.new()
        self.structure = Structure(self.pdf)
        self._tagged = tagged
        self.bookmarks: list[Bookmark] = []
        self.labels: list[Label | None] = []
        self.dead_links = 0
        self.renamed_fields = 0

    def add(self, donor: Donor, indexes: Sequence[int] | None = None, entry: str = "") -> None:
        """Append pages of a donor, all of them unless told; ``entry``: a bookmark of this title for them, over theirs.

        A page that is told twice is there twice; links and bookmarks lead to the first of them.
        """
        before = len(self.pdf.pages)
        taken = range(len(donor.pdf.pages)) if indexes is None else indexes
        added = self._added(donor.pdf, taken)
        self.renamed_fields += len(added.renamed_fields)
        self.structure.add(donor.pdf, taken, before, wanted=self._tagged)
        where: dict[int, int] = {}
        for number, index in enumerate(taken, start=before):
            where.setdefault(index, number)
        self._keep_bookmarks(moved(donor.bookmarks, where.get), entry, before)
        if donor.labels and not self.labels:
            self.labels = [None] * before
        if donor.labels or self.labels:
            self.labels += [donor.labels[index] for index in taken] if donor.labels else [None] * len(taken)

    def _added(self, pdf: pikepdf.Pdf, taken: Sequence[int]) -> PageCopyResult:
        try:
            return self.pdf.add_pages_from(pdf, taken, outlines="ignore")
        except (TypeError, ValueError, KeyError, AttributeError) as error:  # actions and places of no sense
            raise UnreadablePdf from error

    def _keep_bookmarks(self, bookmarks: list[Bookmark], entry: str, page: int) -> None:
        if entry:
            bookmarks = [Bookmark(entry, page, children=tuple(bookmarks))]
        self.bookmarks += bookmarks

    def carry(self, donor: Donor) -> None:
        """Take over what belongs to a donor as a whole."""
        self.carry_facts(donor)
        self.carry_trees(donor)

    def carry_facts(self, donor: Donor) -> None:
        """Take over what a donor says about itself: its metadata, its language, how it is to be shown."""
        for key in _CATALOG:
            if key in donor.pdf.Root:
                self.pdf.Root[key] = self._copied(donor, donor.pdf.Root[key])
        if isinstance(donor.pdf.trailer.get("/Info"), Dictionary):
            self.pdf.trailer.Info = self.pdf.make_indirect(self._copied(donor, donor.pdf.trailer.Info))

    def carry_trees(self, donor: Donor) -> None:
        """Take over attachments and scripts of the document; a name that is taken gets a number."""
        for key in _TREES:
            tree = name_tree(donor.pdf, key)
            if tree is not None:
                self._carry_tree(donor, key, tree)

    def _carry_tree(self, donor: Donor, key: str, tree: NameTree) -> None:
        names = self.pdf.Root.get("/Names")
        if not isinstance(names, Dictionary):
            names = self.pdf.Root.Names = Dictionary()
        mine = NameTree(names[key]) if key in names else NameTree.new(self.pdf)
        for name, thing in tree.items():
            mine[free_name(str(name), mine)] = self._copied(donor, thing)
        self.pdf.Root.Names[key] = mine.obj

    def _copied(self, donor: Donor, thing: pikepdf.Object) -> pikepdf.Object:
        """A thing of the donor as one of this document, whatever it is made of."""
        return self.pdf.copy_foreign(donor.pdf.make_indirect(Dictionary(V=thing))).V

    def finish(self) -> pikepdf.Pdf:
        """The document, whole."""
        self.structure.finish()
        places = places_of(self.pdf)
        self.dead_links = drop_dead_links([page.obj for page in self.pdf.pages], places)
        write_bookmarks(self.pdf, self.bookmarks)
        write_labels(self.pdf, self.labels)
        return self.pdf


def free_name(name: str, taken: NameTree | dict[str, object]) -> str:
    """The name, or with a number behind it when it is taken."""
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
