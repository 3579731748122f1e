"""The tags of a document (ISO 32000-2, 14.7): what is a heading, a paragraph, a table, and the words for a picture.

They come along with their pages. qpdf copies a whole tree of elements and lets it lead to the pages that came along;
here every element goes that belongs to none of them, and pages, annotations and forms are numbered anew, so that trees
of several documents can stand side by side.
"""

from collections.abc import Iterable, Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Stream, String

MOST = 100_000
"""Elements of a document; with more it comes without tags."""
DEEPEST = 60
"""Elements within elements; what lies deeper goes."""
_TABLES = ("/RoleMap", "/ClassMap")
_WORDS = ("/Alt", "/ActualText", "/E", "/T")
_NUMBERS = ("/StructParents", "/StructParent")


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    """Whether a document has tags."""
    return isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary)


class Structure:
    """The tags of a document in the making."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.left_out = False
        """Whether a document with tags came without them."""
        self._pdf = pdf
        self._kids: list[Object] = []
        self._parents: list[Object] = []
        self._ids: dict[str, Object] = {}
        self._tables: dict[str, dict[str, Object]] = {table: {} for table in _TABLES}
        self._spaces: list[Object] = []
        self._known: list[pikepdf.Pdf] = []
        self._bare: list[int] = []
        """Pages without tags, from 0: what numbers they have mean nothing any more."""
        self._marked = True

    def add(self, donor: pikepdf.Pdf, taken: Sequence[int], first: int, *, wanted: bool = True) -> None:
        """Take over the tags of pages of a donor that were appended, as the pages from ``first`` on."""
        root, places = donor.Root.get("/StructTreeRoot"), range(first, first + len(taken))
        if not isinstance(root, Dictionary):
            self._marked = False
            self._bare += places
        elif not wanted or any(donor is known for known in self._known):
            self._leave_out(places)
        else:
            self._take(donor, root, taken, places)
        self._known.append(donor)

    def finish(self) -> None:
        """Write the tree."""
        if not self._kids:
            return
        for place in self._bare:
            for holder in _numbered(self._pdf.pages[place].obj):
                _drop_number(holder)
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(self._kids)))
        for kid in self._kids:
            kid.P = root
        numbers = [each for number, parent in enumerate(self._parents) for each in (number, parent)]
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        root.ParentTreeNextKey = len(self._parents)
        self._write_tables(root)
        self._pdf.Root.StructTreeRoot = root
        if self._marked:
            self._pdf.Root.MarkInfo = Dictionary(Marked=True)

    def _write_tables(self, root: Object) -> None:
        for table, entries in self._tables.items():
            if entries:
                root[table] = Dictionary(entries)
        if self._spaces:
            root.Namespaces = Array(self._spaces)
        if self._ids:
            tree = NameTree.new(self._pdf)
            for name, element in self._ids.items():
                tree[name] = element
            root.IDTree = tree.obj

    def _leave_out(self, places: range) -> None:
        self.left_out = True
        self._marked = False
        self._bare += places

    def _take(self, donor: pikepdf.Pdf, root: Dictionary, taken: Sequence[int], places: range) -> None:
        """Take over a tree as far as it belongs to the pages."""
        copy = self._pdf.copy_foreign(donor.make_indirect(Dictionary(V=root))).V
        firsts: dict[int, int] = {}
        for place, index in zip(places, taken, strict=True):
            firsts.setdefault(index, place)
        moved: dict[tuple[int, int], Object] = {}
        for index, place in firsts.items():
            moved.update(self._moved(donor.pages[index].obj, self._pdf.pages[place].obj))
        elements = _Elements(moved)
        if not elements.kept(copy, DEEPEST):
            self._bare += places
            return
        if elements.count > MOST:
            self._leave_out(places)
            return
        self._number(copy, [self._pdf.pages[place].obj for place in firsts.values()])
        self._bare += set(places) - set(firsts.values())
        self._join(copy, elements)

    def _join(self, copy: Object, elements: "_Elements") -> None:
        """Put a tree beside those that are here. What two of them call the same is as the first one has it."""
        top = copy.K
        self._kids += list(top) if isinstance(top, Array) else [top]
        for name, element in elements.named.items():
            self._ids.setdefault(name, element)
        for table, entries in self._tables.items():
            told = copy.get(table)
            for key, value in told.items() if isinstance(told, Dictionary) else ():
                entries.setdefault(key, value)
        spaces = copy.get("/Namespaces")
        self._spaces += list(spaces) if isinstance(spaces, Array) else []

    def _moved(self, before: Dictionary, after: Dictionary) -> Iterator[tuple[tuple[int, int], Object]]:
        """The annotations of a page by what the tree calls them: qpdf gives a page that is copied fresh ones."""
        old, new = before.get("/Annots"), after.get("/Annots")
        if isinstance(old, Array) and isinstance(new, Array) and len(old) == len(new):
            for one, other in zip(old, new, strict=True):
                if isinstance(one, Dictionary) and one.is_indirect:
                    yield self._pdf.copy_foreign(one).objgen, other

    def _number(self, root: Object, pages: Iterable[Dictionary]) -> None:
        """Give what belongs to elements numbers that nothing else has."""
        told = root.get("/ParentTree")
        parents = dict(NumberTree(self._pdf.make_indirect(told)).items()) if isinstance(told, Dictionary) else {}
        done: set[tuple[int, int]] = set()
        for page in pages:
            for holder in _numbered(page):
                if holder.is_indirect and holder.objgen in done:
                    continue
                done.add(holder.objgen)
                key = next(key for key in _NUMBERS if key in holder)
                parent = parents.get(int(holder[key])) if isinstance(holder[key], int) else None
                if parent is None:
                    _drop_number(holder)
                else:
                    holder[key] = len(self._parents)
                    self._parents.append(parent)


class _Elements:
    """The elements of a tree while those go that have no page any more."""

    def __init__(self, moved: dict[tuple[int, int], Object]) -> None:
        self.count = 0
        self.named: dict[str, Object] = {}
        self._moved = moved
        self._seen: set[tuple[int, int]] = set()

    def kept(self, element: Object, deeper: int) -> bool | None:
        """Whether an element stays: True for what has a page, None for what is empty, as some cells of tables are."""
        if deeper < 0 or element.objgen in self._seen or self.count > MOST:
            return False
        self.count += 1
        if element.is_indirect:
            self._seen.add(element.objgen)
        told = element.get("/K")
        kids = list(told) if isinstance(told, Array) else [] if told is None else [told]
        judged = [(kid, self._kept_kid(kid, element.get("/Pg"), deeper)) for kid in kids]
        verdicts = [verdict for _, verdict in judged]
        stays = True if True in verdicts else False if False in verdicts or _speaks_of_nothing_here(element) else None
        if stays is not False:
            left = [kid for kid, verdict in judged if verdict is not False]
            if len(left) != len(kids):
                element.K = left[0] if len(left) == 1 else Array(left)
            if "/Ref" in element:
                del element.Ref  # it might lead to an element that goes
            if isinstance(element.get("/ID"), String):
                self.named.setdefault(str(element.ID), element)
        return stays

    def _kept_kid(self, kid: object, page: Object | None, deeper: int) -> bool | None:
        if isinstance(kid, int):
            return isinstance(page, Dictionary)
        if not isinstance(kid, Dictionary):
            return False
        kind, page = kid.get("/Type"), kid.get("/Pg", page)
        if kind == "/MCR":
            return isinstance(page, Dictionary)
        if kind != "/OBJR":
            return self.kept(kid, deeper - 1)
        thing = kid.get("/Obj")
        if isinstance(thing, Dictionary) and thing.objgen in self._moved:
            kid.Obj = self._moved[thing.objgen]
            return True
        return isinstance(thing, Stream) and isinstance(page, Dictionary)


def _speaks_of_nothing_here(element: Object) -> bool:
    """Whether it has words of its own and no page: they may be those of a page that did not come along."""
    return "/Pg" not in element and any(key in element for key in _WORDS)


def _numbered(page: Dictionary) -> Iterator[Object]:
    """What has a number by which its elements are found: the page, its annotations, the forms that it draws."""
    yield from (holder for holder in (page, *_drawn(page)) if any(key in holder for key in _NUMBERS))


def _drawn(page: Dictionary) -> Iterator[Object]:
    annotations = page.get("/Annots")
    yield from (each for each in annotations if isinstance(each, Dictionary)) if isinstance(annotations, Array) else ()
    resources = page.get("/Resources")
    things = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    yield from (each for each in things.values() if isinstance(each, Stream)) if isinstance(things, Dictionary) else ()


def _drop_number(holder: Object) -> None:
    for key in _NUMBERS:
        if key in holder:
            del holder[key]
