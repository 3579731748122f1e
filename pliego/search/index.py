"""The full-text index: pages and documents in, documents with their pages out.

Any number of processes may ask; one process writes. The index holds nothing that cannot be made again from the stored
text: a lost, damaged or outdated one is rebuilt while the old one, if there is one, keeps answering.
"""

import json
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy

from pliego.search.analysis import fold
from pliego.search.entries import entries
from pliego.search.generations import Generations, answers
from pliego.search.query import Search
from pliego.search.records import (
    Allowed,
    DocumentRecord,
    Found,
    Grouping,
    Leading,
    Neighbour,
    Order,
    PageHit,
    PageRecord,
    SearchUnavailable,
    State,
    Suggestion,
    alone,
    best,
    everyone,
)
from pliego.search.schema import SCHEMA
from pliego.search.snapshot import Snapshot

WRITER_MEMORY = 128_000_000
BUILD_BATCH = 5_000
"""Pages in one commit of a rebuild."""

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made within
"""Where most systems that can only be read take files all the same."""

_SEGMENTS = "meta.json"

Records = tuple[DocumentRecord, Iterable[PageRecord]]


class Index:
    """The index in one folder. Opening costs nothing; raise SearchUnavailable when it cannot be read."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._reader: tuple[Path, tantivy.Index] | None = None
        self._read: tuple[Path, tuple[int, int], tantivy.Searcher] | None = None
        self._writer: tuple[Path, tantivy.Index, tantivy.IndexWriter] | None = None
        self._wrote = False
        self._lock = threading.Lock()

    def state(self) -> State:
        """What a look at the files finds; opens every one of them."""
        found = self._generations.state()
        if found is not State.READY:
            return found
        try:
            with _faults():
                self.snapshot().documents()
        except SearchUnavailable:
            return State.TORN
        return State.READY

    def find(
        self,
        search: Search,
        *,
        allowed: Allowed = everyone,
        group: Grouping = alone,
        lead: Leading = best,
        limit: int = 10,
        offset: int = 0,
        pages_each: int = 3,
        order: Order = Order.RELEVANCE,
    ) -> Found:
        """The documents that match and are allowed, with their best pages; see Found."""
        with _faults():
            return self.snapshot().find(search, allowed, group, lead, limit, offset, pages_each, order)

    def among(self, search: Search, keys: Sequence[str]) -> list[str]:
        """Those of these documents that match, in no order; the caller has asked whether they may be seen."""
        with _faults():
            return self.snapshot().among(search, keys)

    def best_pages(self, search: Search, keys: list[str], most: int) -> dict[str, list[PageHit]]:
        """The best hits within each of these documents that has any; the caller has asked whether they may be seen."""
        with _faults():
            return self.snapshot().best_pages(search, keys, most)

    def unmatched(self, search: Search, *, allowed: Allowed = everyone) -> list[str]:
        """The words that no allowed document holds: what to say when nothing was found."""
        with _faults():
            return self.snapshot().unmatched(search, allowed)

    def corrected(self, search: Search, *, allowed: Allowed = everyone) -> dict[str, str]:
        """Did you mean: words as typed that are not found, and what may have been meant."""
        with _faults():
            return self.snapshot().corrected(search, allowed)

    def suggest(self, prefix: str, *, allowed: Allowed = everyone, limit: int = 8) -> list[Suggestion]:
        """Words, titles, authors and keywords that begin like this; none for fewer than two characters."""
        with _faults():
            return self.snapshot().suggest(fold(" ".join(prefix.split())), allowed, limit)

    def related(
        self, key: str, *, unwanted: Collection[str] = (), allowed: Allowed = everyone, limit: int = 6
    ) -> list[Neighbour]:
        """Documents about the same subject; ``unwanted`` are the same file, near copies and other editions."""
        with _faults():
            return self.snapshot().related(key, unwanted, allowed, limit)

    def near(self, signature: bytes, *, allowed: Allowed = everyone, limit: int = 50) -> list[str]:
        """Candidates for near copies of a text, itself included: to be confirmed by duplicates.likeness."""
        with _faults():
            return self.snapshot().near(signature, allowed, limit)

    def stamps(self) -> dict[str, str]:
        """The stamp of every document, to tell which are missing, outdated or left over."""
        with _faults():
            return dict(self.snapshot().stamps())

    def snapshot(self) -> Snapshot:
        """The index as it is now, every commit of any process included. Raise SearchUnavailable."""
        with _faults():
            return Snapshot(self._searcher())

    def replace(self, record: DocumentRecord, pages: Iterable[PageRecord]) -> None:
        """Put a document with all its pages in place of what was known of it: one commit."""
        with self._changing(record.key) as writer:
            writer.delete_documents_by_term("key", record.key)
            _add(writer, (record, pages))

    def remove(self, key: str) -> None:
        """Forget a document. Its words go from every answer at once, its bytes with the next rebuild."""
        with self._changing(key) as writer:
            writer.delete_documents_by_term("key", key)

    def deleted_records(self) -> int:
        """How many records are deleted and still on disk; a rebuild takes them away."""
        with _faults():
            return _records_on_disk(self._reader_folder()) - self._searcher().num_docs

    def rebuild(
        self,
        records: Iterable[Records],
        again: Callable[[str], Records | None],
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Build a new generation from all records and let it answer, with nothing deleted left in it.

        ``again`` gives what is now known of a document that changed meanwhile, None when it is gone. ``progress`` is
        told how many documents are done. Raise RebuildRunning when another rebuild is under way. A crash leaves the
        old generation as it was; so does a disk that takes no more, and nothing of the new one is left on it.
        """
        with self._generations.building():
            with self._generations.changing():
                self._generations.sweep()
                folder = self._generations.new()
            try:
                self._fill(folder, records, again, progress)
            except BaseException:
                with self._generations.changing():
                    self._generations.sweep()
                raise

    def _fill(
        self,
        folder: Path,
        records: Iterable[Records],
        again: Callable[[str], Records | None],
        progress: Callable[[int], None] | None,
    ) -> None:
        with _faults():
            writer = tantivy.Index(SCHEMA, str(folder)).writer(WRITER_MEMORY, 1)
        _build(writer, records, progress)
        with self._lock, self._generations.changing():
            for key in self._generations.noted():
                writer.delete_documents_by_term("key", key)
                if (record := again(key)) is not None:
                    _add(writer, record)
            with _faults():
                writer.commit()
                writer.wait_merging_threads()
                self._close_writer()
                self._generations.publish(folder)

    def close(self) -> None:
        """Let merges end and let go of the writer's lock."""
        with self._lock:
            self._close_writer()
            self._reader = self._read = None

    def rest(self) -> None:
        """Give back the writer's memory, up to WRITER_MEMORY, when nothing was written since the last call."""
        with self._lock:
            if not self._wrote:
                self._close_writer()
            self._wrote = False

    @contextmanager
    def _changing(self, key: str) -> Iterator[tantivy.IndexWriter]:
        """The writer on the generation that answers; commits at the end, or takes everything back."""
        with self._lock, self._generations.changing():
            with _faults():
                writer = self._current_writer()
            self._wrote = True
            try:
                yield writer
                with _faults():
                    writer.commit()
            except BaseException:
                self._take_back(writer)
                raise
            writer.garbage_collect_files()
            self._generations.note(key)

    def _take_back(self, writer: tantivy.IndexWriter) -> None:
        """Forget what was not committed, and the writer, too, when a fault has left nothing of it."""
        try:
            with _faults():
                writer.rollback()
        except SearchUnavailable:
            self._writer = None

    def _current_writer(self) -> tantivy.IndexWriter:
        folder = self._generations.current()
        if folder is None:
            folder = self._generations.new()
            tantivy.Index(SCHEMA, str(folder))
            self._generations.publish(folder)
        if self._writer is None or self._writer[0] != folder:
            self._writer = None  # another process has removed its generation
            index = _open(folder)
            self._writer = folder, index, index.writer(WRITER_MEMORY, 1)
        return self._writer[2]

    def _close_writer(self) -> None:
        if self._writer is not None:
            self._writer[2].wait_merging_threads()
            self._writer = None

    def _searcher(self) -> tantivy.Searcher:
        """The searcher of the newest commit. The engine writes its list of segments anew with each."""
        folder = self._reader_folder()
        status = (folder / _SEGMENTS).stat()
        now = folder, (status.st_ino, status.st_mtime_ns)
        read = self._read
        if read is None or read[:2] != now:
            self._read = read = *now, self._newest(folder)
        return read[2]

    def _newest(self, folder: Path) -> tantivy.Searcher:
        if not os.access(folder, os.W_OK):
            return _unwritable(folder)
        index = self._opened()
        index.reload()
        return index.searcher()

    def _reader_folder(self) -> Path:
        folder = self._generations.current()
        if folder is None:
            raise SearchUnavailable
        return folder

    def _opened(self) -> tantivy.Index:
        """The generation that answers, opened once."""
        folder = self._reader_folder()
        reader = self._reader
        if reader is None or reader[0] != folder:
            self._reader = reader = folder, _open(folder)
        return reader[1]


def _open(folder: Path) -> tantivy.Index:
    if not answers(folder):
        raise SearchUnavailable
    index = tantivy.Index.open(str(folder))
    if index.schema != SCHEMA:
        raise SearchUnavailable
    # Readers look for new commits themselves: the engine's own watcher is half a second late and keeps a thread.
    index.config_reader("manual")
    return index


def _unwritable(folder: Path) -> tantivy.Searcher:
    """The searcher of a generation that can only be read.

    The engine wants to make a file to lock before it opens those of an index, so it is shown links to them elsewhere.
    """
    shared = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="pliego-index-", dir=shared) as place:
        for path in folder.iterdir():
            if path.suffix != ".lock":
                (Path(place) / path.name).symlink_to(path.resolve())
        index = _open(Path(place))
        index.reload()
        return index.searcher()


def _build(writer: tantivy.IndexWriter, records: Iterable[Records], progress: Callable[[int], None] | None) -> None:
    pending = 0
    for done, record in enumerate(records, 1):
        pending += _add(writer, record)
        if pending >= BUILD_BATCH:
            with _faults():
                writer.commit()
            pending = 0
        if progress:
            progress(done)


def _add(writer: tantivy.IndexWriter, record: Records) -> int:
    count = 0
    for document in entries(*record):
        with _faults():
            writer.add_document(document)
        count += 1
    return count


def _records_on_disk(folder: Path) -> int:
    """What the engine's own list of segments says."""
    return sum(segment["max_doc"] for segment in json.loads((folder / _SEGMENTS).read_text("utf-8"))["segments"])


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what the engine says about lost and damaged files into SearchUnavailable.

    It raises ValueError for all its errors, and a panic of its own, which is no Exception, where files lie.
    """
    try:
        yield
    except (ValueError, OSError) as error:
        raise SearchUnavailable from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise SearchUnavailable from error
        raise
