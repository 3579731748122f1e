"""A job in the making: its files as they arrive, kept until it is begun, so that a mistake in an option loses nothing.

What is known of the files stands in ``draft.json`` in the job's folder; no row exists before the job is begun. A draft
that is never begun is swept with the results (see upkeep.py).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.utils import timezone

from pliego.documents import safekeeping
from pliego.documents.engines import reader
from pliego.documents.intake import refuse_early
from pliego.documents.models import Document
from pliego.documents.names import clean_name
from pliego.documents.tasks import wake
from pliego.errors import BadRequest, FileCount, NotFound, PliegoError
from pliego.pdf import programs
from pliego.pdf.operation import MAX_INPUTS, Kind, Operation
from pliego.toolbox import jobs, sealing, tasks
from pliego.toolbox.models import Job, JobState
from pliego.toolbox.workspace import Incoming, Workspace, gone_is_not_found

KEPT_FOR = timedelta(hours=24)
"""A result is there for so long; people are told."""


@dataclass
class Manifest:
    """What is known of the files so far."""

    inputs: list[dict[str, Any]] = field(default_factory=list)
    """As Job.inputs; ``pages`` where it is known how many there are."""
    further: dict[str, dict[str, str]] = field(default_factory=dict)
    """As Job.further."""
    document_id: str = ""
    by_owner: bool = False
    """As in Job."""


class Draft:
    """The files of a job to be. What several requests do to one draft at the same time is all kept."""

    def __init__(self, workspace: Workspace, manifest: Manifest | None = None) -> None:
        self._workspace = workspace
        self._manifest = manifest or Manifest()
        self._saved = manifest is not None
        self._known = _places(self._manifest)

    @classmethod
    def new(cls) -> "Draft":
        """A draft without files. Raise DiskFull."""
        refuse_early(0)
        return cls(Workspace.new())

    @classmethod
    def of(cls, identifier: str) -> "Draft":
        """The draft that was saved under this identifier. Raise NotFound when it is gone or has become a job.

        Raise TakenDown as `jobs.require_open`.
        """
        workspace = Workspace.named(identifier)
        manifest = _written(workspace)
        jobs.require_open(manifest.inputs)
        return cls(workspace, manifest)

    @property
    def identifier(self) -> str:
        """Under which it is found again, and which the job will have."""
        return self._workspace.identifier

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """The files so far, as Job.inputs."""
        return self._manifest.inputs

    def receive(self) -> Incoming:
        """Begin a file; `add` takes it in. Raise DiskFull, or FileCount when there are too many."""
        self._require_room()
        return self._workspace.incoming()

    def add(self, name: str, incoming: Incoming) -> None:
        """Take in a file. Raise EmptyFile."""
        size = incoming.close()
        try:
            place = self._workspace.take(incoming.path)
        finally:
            incoming.abort()  # it has its place, or none
        self.inputs.append({"name": clean_name(name), "size": size, "place": place})

    def receive_further(self, option: str) -> Incoming:
        """Begin the file that an option is; `add_further` takes it in."""
        if not re.fullmatch("[a-z_]{1,40}", option):
            raise BadRequest(what=option[:60])
        return self._workspace.incoming()

    def add_further(self, step: int, option: str, name: str, incoming: Incoming) -> None:
        """Take in the file of an option. Raise EmptyFile."""
        incoming.close()
        with gone_is_not_found():
            incoming.path.replace(self._workspace.further(step, option))
        self._manifest.further.setdefault(str(step), {})[option] = clean_name(name)

    def add_stored(
        self,
        name: str,
        file: Path,
        document_id: str = "",
        *,
        pages: int = 0,
        by_owner: bool = False,
        of: Sequence[str] = (),
        blanks: Sequence[dict[str, Any]] = (),
    ) -> None:
        """Take in a file of this site, without copying it. The caller has checked that this person may have it.

        ``of``: the checksums of the documents' files that it is, or was made of. ``blanks``: as in Job.inputs.
        """
        self._require_room()
        place, size = self._workspace.take(file), file.stat().st_size
        known = {"pages": pages, "of": [*of], **({"blanks": [*blanks]} if blanks else {})}
        self.inputs.append({"name": clean_name(name), "size": size, "place": place, **known})
        if document_id and not self._manifest.document_id:
            self._manifest.document_id, self._manifest.by_owner = document_id, by_owner

    def add_document(self, document: Document, *, by_owner: bool = False) -> None:
        """Take in a document's file, as add_stored does; ``by_owner`` when this person may change the document.

        Raise FileDamaged.
        """
        pages = 0 if document.locked else document.file.readable_pages
        file, _ = safekeeping.original(document.file)
        name = document.title.translate({ord("/"): "-", ord("\\"): "-"})  # they would look like folders
        self.add_stored(f"{name}.pdf", file, document.pk, pages=pages, by_owner=by_owner, of=[document.file_id])

    def add_job(self, job: Job) -> None:
        """Take in the result of a job, or the files of one that failed, and what it knows of their document.

        Raise NotFound when they are not there.
        """
        if job.state == JobState.DONE:
            of = sorted({sha256 for each in job.inputs for sha256 in each.get("of", ())})
            known = {"name": job.result_name, "pages": int(job.report[-1]["pages"]), "of": of}
            found: list[tuple[dict[str, Any], Path]] = [(known, jobs.result(job))]
        elif files := jobs.kept(job):
            found = list(zip(job.inputs, files, strict=True))
        else:
            raise NotFound
        for each, file in found:
            more = {name: each[name] for name in ("pages", "of", "blanks") if name in each}
            self.add_stored(each["name"], file, job.document_id, by_owner=job.by_owner, **more)

    @classmethod
    def of_documents(cls, documents: Sequence[Document]) -> "Draft":
        """A saved draft with the files of some documents, which this person may see. Raise DiskFull, BadRequest."""
        draft = cls.new()
        try:
            for document in documents:
                draft.add_document(document)
            draft.save()
        finally:
            draft.drop()  # unless it was saved
        return draft

    def arrange(self, places: Sequence[int]) -> None:
        """Put the files in this order and leave out those that it does not name. Raise BadRequest."""
        known = {each["place"]: each for each in self.inputs}
        if len(set(places)) != len(places) or not set(places) <= set(known):
            raise BadRequest(what="order")
        self._manifest.inputs = [known[place] for place in places]

    def count_pages(self) -> None:
        """Find out how many pages each input has; 0 when it cannot be told: a password, a picture, a busy reader."""
        for each in self.inputs:
            each.setdefault("pages", self._pages(each["place"]))

    def save(self) -> None:
        """Keep it, to be found again by its identifier: as it was before, or as it is now, and never torn.

        What others have changed meanwhile stays changed. Raise NotFound when it has become a job.
        """
        with self._workspace.held():
            if self._saved:
                self._join(_written(self._workspace))
            coming = self._workspace.draft.with_name(token_hex(16))
            coming.write_text(json.dumps(asdict(self._manifest)), encoding="utf-8")
            coming.replace(self._workspace.draft)
        self._saved, self._known = True, _places(self._manifest)

    def picture(self, place: int, number: int, width: int) -> bytes:
        """A page of an input as a WebP. Raise NotFound, and what else reading raises."""
        path = self._workspace.input(place)
        if not path.exists():
            raise NotFound
        return reader().picture(path, number, width)

    def begin(
        self, operations: Sequence[Operation], options: Sequence[Mapping[str, Any]], passwords: Sequence[str] = ()
    ) -> Job:
        """Make it a job and wake the worker. ``options``: those of each tool; ``passwords``: what may open the files.

        Raise ProgramMissing, BadRequest or what else the check of an option raises; the files stay for another try.
        """
        for operation in operations:
            programs.require(operation.program)
        operations[0].check_count(len(self.inputs))
        steps = [
            [operation.name, sealing.sealed(operation, operation.check({**self._names_of(number, operation), **told}))]
            for number, (operation, told) in enumerate(zip(operations, options, strict=True))
        ]
        with self._workspace.held():
            job, _ = Job.objects.get_or_create(  # it is there where somebody has clicked twice
                id=self.identifier,
                defaults={
                    "steps": steps,
                    "inputs": self.inputs,
                    "further": self._manifest.further,
                    "passwords": [sealing.seal(password) for password in passwords if password],
                    "document_id": self._manifest.document_id,
                    "by_owner": self._manifest.by_owner,
                    "expires_at": timezone.now() + KEPT_FOR,
                },
            )
            self._workspace.draft.unlink(missing_ok=True)
        wake(tasks.run_job, job.pk)
        return job

    def drop(self) -> None:
        """Forget the files, unless they have become a job or are kept for another try."""
        if not self._workspace.draft.exists() and not jobs.exists(self.identifier):
            self._workspace.remove()

    def _names_of(self, step: int, operation: Operation) -> dict[str, str]:
        names = self._manifest.further.get(str(step), {})
        return {
            told.name: names[told.name] for told in operation.fields if told.kind is Kind.FILE and told.name in names
        }

    def _pages(self, place: int) -> int:
        try:
            return reader().facts(self._workspace.input(place)).pages
        except PliegoError:
            return 0

    def _join(self, theirs: Manifest) -> None:
        """Take over what others have added and left out since it was read."""
        there, own = _places(theirs), _places(self._manifest)
        kept = [each for each in self.inputs if each["place"] in there or each["place"] not in self._known]
        added = [each for each in theirs.inputs if each["place"] not in self._known | own]
        self._manifest.inputs = kept + added
        for step, names in theirs.further.items():
            self._manifest.further[step] = {**names, **self._manifest.further.get(step, {})}
        if theirs.document_id:
            self._manifest.document_id, self._manifest.by_owner = theirs.document_id, theirs.by_owner

    def _require_room(self) -> None:
        if len(self.inputs) >= MAX_INPUTS:
            raise FileCount(wanted=f"1\u2013{MAX_INPUTS}")


def _written(workspace: Workspace) -> Manifest:
    """What is kept of a draft; raise NotFound when it is gone or has become a job."""
    with gone_is_not_found():
        return Manifest(**json.loads(workspace.draft.read_text(encoding="utf-8")))


def _places(manifest: Manifest) -> set[int]:
    return {each["place"] for each in manifest.inputs}
