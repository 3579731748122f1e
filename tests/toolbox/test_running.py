"""Jobs as the worker runs them: to their end, stopped, taken over, given up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pliego.documents import readiness
from pliego.documents.leases import LostLease
from pliego.errors import NotFound
from pliego.pdf import recognition
from pliego.pdf.report import Progress, Step
from pliego.pdf.sample import sample_pdf
from pliego.toolbox import jobs, running
from pliego.toolbox.drafts import Draft
from pliego.toolbox.models import Job, JobState
from pliego.toolbox.workspace import Workspace
from tests import samples
from tests.samples import encrypted
from tests.toolbox.jobs_made import PDF, begun, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def test_a_job_ends_with_a_result_and_a_report() -> None:
    job = run(begun(("rotate", {"turn": "90"})))
    assert (job.state, job.overall, job.result_name, job.is_pdf) == (JobState.DONE, 100, "a-rotate.pdf", True)
    assert jobs.result(job).read_bytes().startswith(b"%PDF-")
    assert job.report[0]["size_before"] == len(PDF)
    assert job.result_size == jobs.result(job).stat().st_size


@pytest.mark.skipif(not recognition.installed(), reason="Tesseract is not installed")
def test_a_program_of_others_works_in_the_folder_of_the_job() -> None:
    job = run(begun(("ocr", {}), files=(samples.scanned_text(1),)))
    assert (job.state, [note["code"] for note in job.report[0]["notes"]]) == (JobState.DONE, ["recognised"])
    assert sorted(path.name for path in Workspace.named(job.pk).folder.iterdir()) == ["in", "out"]


def test_several_tools_work_one_after_the_other() -> None:
    job = run(begun(("merge", {}), ("rotate", {"turn": "90"}), ("extract", {"pages": "1-2"}), files=(PDF, PDF)))
    assert [told["pages"] for told in job.report] == [job.report[0]["pages"], job.report[0]["pages"], 2]
    assert len(list((Workspace.named(job.pk).folder / "out").iterdir())) == 1


def test_an_input_that_is_no_pdf_ends_it_with_a_sentence() -> None:
    job = run(begun(("rotate", {"turn": "90"}), files=(b"hello",)))
    assert (job.state, job.problem["code"]) == (JobState.FAILED, "not-a-pdf")
    assert not Workspace.named(job.pk).folder.exists()


@pytest.mark.parametrize(
    ("tool", "options", "code"),
    [
        ("extract", {"pages": "900"}, "no-such-page"),
        ("watermark", {"text": "שלום"}, "no-such-letters"),
        ("fill", {}, "nothing-to-fill"),
    ],
)
def test_what_another_word_mends_leaves_the_files_for_another_try(
    tool: str, options: dict[str, str], code: str
) -> None:
    data = sample_pdf(1)
    job = run(begun((tool, options), files=(data,)))
    assert (job.state, job.problem["code"]) == (JobState.FAILED, code)
    assert [path.read_bytes() for path in jobs.kept(job)] == [data]
    again = Draft.new()
    again.add_job(job)
    assert [each["name"] for each in again.inputs] == [each["name"] for each in job.inputs]


def test_a_form_that_was_told_nothing_is_asked_for_field_by_field() -> None:
    data = sample_pdf(1)
    job = run(begun(("fill", {}), files=(data,)))
    assert jobs.asks(job)
    assert [each["shape"] for each in job.inputs[0]["blanks"]] == ["line"]
    assert "blanks" not in job.problem["params"]
    again = Draft.new()
    again.add_job(job)
    assert again.inputs[0]["blanks"] == job.inputs[0]["blanks"]
    assert not jobs.asks(run(begun(("fill", {"values": "nombre = محمد"}), files=(data,))))
    assert not jobs.asks(run(begun(("merge", {}), ("fill", {}), files=(data, data))))


def test_what_nothing_mends_leaves_none() -> None:
    job = run(begun(("rotate", {"turn": "90"}), files=(b"hello",)))
    assert jobs.kept(job) == []
    with pytest.raises(NotFound):
        Draft.new().add_job(job)


def test_a_password_opens_the_file_and_is_gone_afterwards() -> None:
    closed = encrypted("secreto")
    assert run(begun(("rotate", {"turn": "90"}), files=(closed,))).problem["code"] == "needs-password"
    job = run(begun(("rotate", {"turn": "90"}), files=(closed,), passwords=("falsa", "secreto")))
    assert (job.state, job.passwords) == (JobState.DONE, [])


def test_a_password_that_is_an_option_lies_sealed_in_the_row_until_the_end() -> None:
    job = begun(("protect", {"opening": "secreto"}))
    assert "opening" in job.steps[0][1]
    assert "secreto" not in str(job.steps)
    ((_, options),) = run(job).steps
    assert (job.state, options["printing"], "opening" in options) == (JobState.DONE, True, False)


def test_files_that_are_gone_end_it_clearly() -> None:
    job = begun(("rotate", {"turn": "90"}))
    Workspace.named(job.pk).remove()
    assert run(job).problem["code"] == "files-gone"


def test_a_job_that_waits_is_stopped_at_once() -> None:
    job, other = (begun(("rotate", {"turn": "90"}), passwords=("secreto",)) for _ in range(2))
    jobs.cancel(job)
    job.refresh_from_db()
    assert (job.state, job.passwords) == (JobState.CANCELLED, [])
    assert Job.objects.get(pk=other.pk).state == JobState.WAITING
    assert run(job).state == JobState.CANCELLED
    assert not Workspace.named(job.pk).folder.exists()


def test_whoever_runs_a_job_notices_that_it_is_to_stop() -> None:
    job = begun(("rotate", {"turn": "90"}))
    held = running.claim(job.pk)
    assert held
    jobs.cancel(job)
    assert Job.objects.get().state == JobState.RUNNING
    with pytest.raises(running.Stopped):
        held.tell(Progress(Step.PAGES, 50))


def test_a_job_to_be_stopped_whose_worker_died_is_stopped_by_the_next() -> None:
    job = begun(("rotate", {"turn": "90"}))
    running.claim(job.pk)
    jobs.cancel(job)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert run(job).state == JobState.CANCELLED


def test_progress_is_saved() -> None:
    job = begun(("rotate", {"turn": "90"}), ("rotate", {"turn": "90"}))
    held = running.claim(job.pk)
    assert held
    held.tell(Progress(Step.WRITE, 80))
    job.refresh_from_db()
    assert (job.percent, job.overall, job.stage) == (80, 40, "write")


def test_nobody_takes_a_job_that_somebody_holds() -> None:
    job = begun(("rotate", {"turn": "90"}))
    assert running.claim(job.pk)
    assert running.claim(job.pk) is None
    assert running.waiting() == []


def test_one_that_was_taken_over_can_no_longer_write() -> None:
    job = begun(("rotate", {"turn": "90"}))
    lost = running.claim(job.pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert running.claim(job.pk)
    assert lost
    with pytest.raises(LostLease):
        lost.save(percent=99)


def test_another_worker_goes_on_after_the_last_finished_step() -> None:
    job = begun(("rotate", {"turn": "90"}), ("extract", {"pages": "1"}))
    workspace = Workspace.named(job.pk)
    workspace.output(0).write_bytes(PDF)
    report = [{"operation": "rotate", "pages": 3, "notes": [], "unchanged": False}]
    Job.objects.filter(pk=job.pk).update(step=1, tries=1, report=report, result_name="a-rotate.pdf")
    done = run(job)
    assert (done.state, done.report[0], done.report[1]["pages"]) == (JobState.DONE, report[0], 1)


def test_what_takes_its_worker_down_three_times_is_given_up() -> None:
    job = begun(("rotate", {"turn": "90"}))
    for _ in range(3):
        assert running.claim(job.pk)
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert run(job).problem["code"] == "reader-stopped"


def test_a_full_disk_costs_a_job_no_try(monkeypatch: pytest.MonkeyPatch) -> None:
    job = begun(("rotate", {"turn": "90"}))
    monkeypatch.setattr(readiness, "FULL_MB", 1 << 40)
    assert not running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.WAITING, 0)
