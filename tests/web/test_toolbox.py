"""The toolbox in the browser, without its scripts."""

import json
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from reportlab.pdfgen.canvas import Canvas

from pliego.documents.models import Document
from pliego.pdf import catalogue, ranges
from pliego.pdf.blanks import MOST
from pliego.toolbox import drafts, jobs, running
from pliego.toolbox.models import Job
from pliego.web.tool_form import ToolForm
from tests.people import share, visit
from tests.toolbox.jobs_made import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("parser")]


def client() -> Client:
    return Client(headers={"accept": "text/html"})


def pdf(name: str = "hoja.pdf") -> BytesIO:
    file = BytesIO(PDF)
    file.name = name
    return file


def test_every_tool_has_its_page() -> None:
    page = client().get("/en/tools/")
    for name in ("merge", "rotate"):
        assert f'href="/en/tools/{name}/"' in page.content.decode()
        assert client().get(f"/en/tools/{name}/").status_code == 200
    assert client().get("/en/tools/fly/").status_code == 404


def test_a_tool_whose_program_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pliego.pdf.programs.where", lambda _: "")
    assert "Not available: Tesseract is not installed here." in client().get("/en/tools/").content.decode()
    page = client().get("/en/tools/ocr/").content.decode()
    assert "apt-get install tesseract-ocr" in page
    assert "<pliego-tool" not in page
    answer = Client().post("/en/tools/ocr/", {"file": pdf()})
    assert (answer.status_code, answer.content.startswith(b"error: program-missing")) == (501, True)
    assert not Job.objects.exists()


def test_an_option_says_with_which_choice_it_counts() -> None:
    page = client().get("/en/tools/split/").content.decode()
    assert 'data-only="0-by=ranges"' in page
    assert page.count("data-only=") == 4
    assert 'data-only="0-kind=jpeg,webp"' in client().get("/en/tools/pictures/").content.decode()


def test_a_file_becomes_a_job_and_its_result() -> None:
    answer = client().post("/en/tools/rotate/", {"file": pdf(), "0-turn": "90"})
    job = Job.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.pk}/")
    page, further = f"/jobs/{job.pk}/", f"?job={job.pk}"
    waiting = client().get(page, headers={"accept-language": "en"}).text
    assert ("Waiting for its turn" in waiting, further in waiting) == (True, False)
    running.run(job.pk)
    done = client().get(page, headers={"accept-language": "en"}).text
    assert ("Done." in done, f"/compress/{further}" in done, f"/images-to-pdf/{further}" in done) == (True, True, False)
    for each in (page, f"{page}status.json", f"{page}result"):
        assert client().head(each).headers["Cache-Control"] == "private, no-store"
    result = client().get(f"/jobs/{job.pk}/result")
    assert b"".join(result.streaming_content) == jobs.result(Job.objects.get()).read_bytes()  # type: ignore[attr-defined]
    assert result.headers["Content-Disposition"] == 'attachment; filename="hoja-rotate.pdf"'
    assert client().get(f"/jobs/{job.pk}/p/1.webp?w=200").headers["Content-Type"] == "image/webp"


def test_a_width_of_five_thousand_digits_is_no_width() -> None:
    job = Job.objects.create(steps=[["rotate", {}]], inputs=[], expires_at=timezone.now() + drafts.KEPT_FOR)
    assert client().get(f"/jobs/{job.pk}/p/1.webp?w={'9' * 5000}").status_code == 400


def test_words_and_areas_to_black_out_have_lines_and_pages_a_word_in_their_language() -> None:
    page = client().get("/herramientas/redact/").content.decode()
    assert page.count("<textarea") == 2
    for tool in ("rotate", "organise"):
        assert 'value="todas"' in client().get(f"/herramientas/{tool}/").content.decode()
    client().post("/en/tools/redact/", {"file": pdf(), "0-words": "uno\r\ndos"})
    assert Job.objects.get().steps[0][1]["words"] == "uno\ndos"
    client().post("/herramientas/rotate/", {"file": pdf(), "0-pages": "todas"})
    assert Job.objects.exclude(steps__0__0="redact").get().steps[0][1]["pages"] == "all"


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_pages_are_written_in_words_that_are_understood_in_every_language(code: str) -> None:
    with override(code):
        (control,) = ToolForm([catalogue.named("extract")]).steps()[0][1]
        groups = [group.split() for group in control.page_words.split("|")]
        assert [str(ranges.parse(words)) for words, *_ in groups] == ["all", "odd", "even", "last"]
        hint = re.findall(r"\w+", control.help.partition("7,")[2].partition(".")[0])
        assert [str(ranges.parse(words)) for words in hint] == ["odd", "last"]


def test_what_a_job_failed_for_is_called_as_in_its_form() -> None:
    client().post("/herramientas/watermark/", {"file": pdf()})
    job = Job.objects.get()
    running.run(job.pk)
    assert "Todavía falta: Palabras." in client().get(f"/jobs/{job.pk}/").content.decode()


def test_too_few_files_are_told_in_words() -> None:
    answer = Client(headers={"accept-language": "es"}).post("/herramientas/compare/", {"file": pdf()})
    assert answer.content.decode() == "error: file-count Número de archivos que se pueden dar aquí: 2.\n"


def test_a_wrong_option_is_said_and_the_file_is_kept() -> None:
    answer = client().post("/en/tools/extract/", {"file": pdf(), "0-pages": "seven"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "hoja.pdf" in page
    action = page.split('action="?draft=')[1].split('"')[0]
    assert client().post(f"/en/tools/extract/?draft={action}", {"0-pages": "1"}).status_code == 303


def test_programs_are_answered_in_lines() -> None:
    answer = Client().post("/en/tools/rotate/", {"file": pdf(), "turn": "90"})
    assert (answer.status_code, answer.content.startswith(b"job: http")) == (202, True)
    assert Client().post("/en/tools/rotate/", {"turn": "90"}).content.startswith(b"error: file-count")


def test_the_script_sends_the_files_first() -> None:
    answer = Client().post("/en/tools/merge/", {"only": "files", "file": [pdf("a.pdf"), pdf("b.pdf")]})
    told = json.loads(answer.content)
    assert [each["pages"] > 0 for each in told["inputs"]] == [True, True]
    assert client().get(f"/jobs/{told['draft']}/in/1/1.webp?w=200").headers["Content-Type"] == "image/webp"
    begun = client().post(f"/en/tools/merge/?draft={told['draft']}", {"order": "1,0"})
    assert begun.status_code == 303
    assert [each["name"] for each in Job.objects.get().inputs] == ["b.pdf", "a.pdf"]


def test_several_tools_have_one_form() -> None:
    assert client().get("/en/tools/rotate/?then=extract").headers["Location"] == "/en/tools/rotate+extract/"
    fields = {"file": pdf(), "0-turn": "90", "1-pages": "1"}
    client().post("/en/tools/rotate+extract/", fields)
    assert Job.objects.get().tools == ["rotate", "extract"]


def test_only_the_first_tool_shows_the_pages_as_a_later_one_may_get_others() -> None:
    page = client().get("/en/tools/extract+rotate+organise/").content.decode()
    assert 'name="2-left"' in page
    assert page.count("<pliego-board") == 1


def test_a_result_can_be_gone_on_with() -> None:
    client().post("/en/tools/rotate/", {"file": pdf(), "0-turn": "90"})
    first = Job.objects.get()
    running.run(first.pk)
    client().post(f"/en/tools/extract/?job={first.pk}", {"0-pages": "1"})
    assert Job.objects.exclude(pk=first.pk).get().inputs[0]["name"] == "hoja-rotate.pdf"


def test_after_a_mistake_the_files_and_what_was_filled_in_are_still_there() -> None:
    client().post("/en/tools/extract/", {"file": pdf(), "0-pages": "900"})
    job = Job.objects.get()
    running.run(job.pk)
    address = f"/en/tools/extract/?job={job.pk}"
    told = client().get(f"/jobs/{job.pk}/", headers={"accept-language": "en"}).content.decode()
    assert f'href="{address}"' in told
    form = client().get(address).content.decode()
    assert "hoja.pdf" in form
    assert 'value="900"' in form
    answer = client().post(address, {"0-pages": "1"})
    again = Job.objects.exclude(pk=job.pk).get()
    assert answer.headers["Location"] == f"/jobs/{again.pk}/"
    running.run(again.pk)
    assert Job.objects.get(pk=again.pk).state == "done"


def form() -> BytesIO:
    file = BytesIO()
    canvas = Canvas(file)
    canvas.acroForm.textfield(
        name="nombre", tooltip="Nombre <completo>", value="Ana", x=90, y=600, width=300, height=30
    )
    canvas.acroForm.checkbox(name="socio", checked=True, x=100, y=500)
    canvas.showPage()
    canvas.acroForm.choice(name="talla", x=100, y=400, options=[*"ABCDE"], value="B", width=80)
    canvas.showPage()
    canvas.save()
    file.name = "alta.pdf"
    file.seek(0)
    return file


def test_a_form_is_filled_in_field_by_field() -> None:
    client().post("/en/tools/fill/", {"file": form()})
    job = Job.objects.get()
    running.run(job.pk)
    asked = client().get(f"/jobs/{job.pk}/", headers={"accept-language": "en"}, follow=True)
    assert asked.redirect_chain == [(f"/en/tools/fill/?job={job.pk}", 302)]
    page = asked.content.decode()
    assert '<label for="o0-values-0" dir="auto">Nombre &lt;completo&gt;</label>' in page
    assert [page.count(f"<legend>Page {number}</legend>") for number in (1, 2, 3)] == [1, 1, 0]
    assert '<option value="B" selected>B</option>' in page
    assert "<textarea" not in page
    address = asked.redirect_chain[0][0]
    sent = {"0-values-0": "Ana", "0-values-1": ["", "yes"], "0-values-2": "B"}
    same = client().post(address, sent, headers={"accept-language": "en"})
    assert same.status_code == 400
    assert "Fill in at least one field of the form." in same.content.decode()
    draft = same.content.decode().split('action="?draft=')[1].split('"')[0]
    answer = client().post(f"/en/tools/fill/?draft={draft}", {**sent, "0-values-0": "محمد", "0-values-1": ""})
    again = Job.objects.exclude(pk=job.pk).get()
    assert answer.headers["Location"] == f"/jobs/{again.pk}/"
    assert json.loads(again.steps[0][1]["values"]) == {"nombre": "محمد", "socio": "no"}
    running.run(again.pk)
    third = client().get(f"/en/tools/fill/?job={again.pk}").content.decode()
    assert 'value="محمد"' in third
    assert "checked" not in third
    client().post(f"/en/tools/fill/?job={again.pk}", {**sent, "0-values-2": "E"})
    last = Job.objects.exclude(pk__in=[job.pk, again.pk]).get()
    running.run(last.pk)
    assert Job.objects.get(pk=last.pk).report[0]["notes"][0]["count"] == 1


def test_as_many_boxes_are_sent_as_are_shown() -> None:
    file = BytesIO()
    canvas = Canvas(file)
    for number in range(MOST + 1):
        canvas.acroForm.checkbox(name=f"box{number}", x=number, y=500)
    canvas.showPage()
    canvas.save()
    file.seek(0)
    file.name = "boxes.pdf"
    client().post("/en/tools/fill/", {"file": file})
    job = Job.objects.get()
    running.run(job.pk)
    address = f"/en/tools/fill/?job={job.pk}"
    assert "This form has more fields" in client().get(address).content.decode()
    sent = {f"0-values-{number}": ["", "yes"] for number in range(MOST)}
    assert client().post(address, {**sent, "0-values": f"box{MOST} = yes"}).status_code == 303
    again = Job.objects.exclude(pk=job.pk).get()
    running.run(again.pk)
    assert Job.objects.get(pk=again.pk).report[0]["notes"][0]["count"] == MOST + 1


def test_a_long_form_is_taken_as_a_whole() -> None:
    file = BytesIO()
    canvas = Canvas(file)
    names = [f"topmostSubform[0].Page1[0].Section_{number}[0].field[{number}]" for number in range(MOST)]
    for name in names:
        canvas.acroForm.textfield(name=name, x=10, y=500, width=200, height=20)
    canvas.showPage()
    canvas.save()
    file.seek(0)
    file.name = "long.pdf"
    client().post("/en/tools/fill/", {"file": file})
    job = Job.objects.get()
    running.run(job.pk)
    sent = {f"0-values-{number}": 'Calle de la Constitución 123, 4º izquierda, "B"' for number in range(MOST)}
    assert client().post(f"/en/tools/fill/?job={job.pk}", sent).status_code == 303
    again = Job.objects.exclude(pk=job.pk).get()
    running.run(again.pk)
    assert Job.objects.get(pk=again.pk).report[0]["notes"][0]["count"] == MOST


def test_values_are_written_as_lines_where_the_fields_are_not_known() -> None:
    page = client().get("/en/tools/fill/").content.decode()
    assert 'name="0-values"' in page
    client().post("/en/tools/fill/", {"file": form(), "0-values": "nombre = Eva"})
    assert Job.objects.get().steps[0][1]["values"] == "nombre = Eva"


def test_a_result_gets_a_page_of_its_own() -> None:
    client().post("/en/tools/rotate/", {"file": pdf(), "0-turn": "90"})
    job = Job.objects.get()
    running.run(job.pk)
    keeper = client()
    answer = keeper.post(f"/jobs/{job.pk}/keep", {"privacy": "private"})
    assert answer.headers["Location"].startswith("/d/")
    assert keeper.get(Document.objects.get().manage_url).status_code == 200
    assert client().get(answer.headers["Location"]).status_code == 404


def test_what_a_tool_has_to_say_is_said_in_the_language_of_the_page() -> None:
    client().post("/en/tools/repair/", {"file": pdf()})
    running.run(Job.objects.get().pk)
    job = Job.objects.get()
    Job.objects.update(report=[{**job.report[0], "notes": [{"code": "mended", "count": 7, "pages": 3}]}])
    for language, said in (("en", "Faults found and mended: 7. Pages of the result: 3."), ("es", ": 7.")):
        assert said in client().get(f"/jobs/{job.pk}/", headers={"accept-language": language}).text


def test_the_first_page_that_was_changed_is_shown() -> None:
    client().post("/en/tools/rotate/", {"file": form(), "0-turn": "90", "0-pages": "last"})
    job = Job.objects.get()
    running.run(job.pk)
    page = client().get(f"/jobs/{job.pk}/", headers={"accept-language": "en"}).content.decode()
    assert f'src="/jobs/{job.pk}/p/2.webp?w=400"' in page
    assert 'alt="Page 2 of the result, the first that was changed"' in page
    assert client().get(f"/jobs/{job.pk}/p/2.webp?w=400").status_code == 200


def test_a_job_is_stopped() -> None:
    client().post("/en/tools/rotate/", {"file": pdf(), "0-turn": "90"})
    job = Job.objects.get()
    client().post(f"/jobs/{job.pk}/cancel")
    assert client().get(f"/jobs/{job.pk}/status.json").json()["state"] == "cancelled"


def test_the_owner_of_a_private_document_uses_tools_on_it() -> None:
    shared = share("molino", "private")
    address = f"/d/{shared.document.pk}/tools/rotate"
    assert visit("anonymous", shared).post(address, {"0-turn": "90"}).status_code == 404
    assert visit("owner", shared).post(address, {"0-turn": "90"}).status_code == 303
    assert Job.objects.get().document_id == shared.document.pk


def test_another_site_cannot_begin_a_job() -> None:
    answer = client().post("/en/tools/rotate/", {"file": pdf()}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_documents_of_the_site_are_added_to_files_that_were_sent() -> None:
    shared, private = share("molino").document, share("puente", "private").document
    told = json.loads(Client().post("/en/tools/merge/", {"only": "files", "file": [pdf("a.pdf")]}).content)
    address = f"/en/tools/merge/?draft={told['draft']}"
    page = client().get(f"{address}&find=https://pliego.example/d/{shared.pk}").content.decode()
    assert f'name="add" value="{shared.pk}"' in page
    assert "a.pdf" in page
    assert "No document was found." in client().get(f"{address}&find={private.pk}").content.decode()
    assert client().post(address, {"add": private.pk}).status_code == 404
    assert client().post(address, {"add": shared.pk}).headers["Location"] == address
    assert client().post(address, {}).status_code == 303
    assert [each["name"] for each in Job.objects.get().inputs] == ["a.pdf", f"{shared.title}.pdf"]


def test_a_tool_for_one_file_leads_to_the_document() -> None:
    shared = share("molino").document
    page = client().get(f"/en/tools/rotate/?find={shared.pk}").content.decode()
    assert f'href="/d/{shared.pk}/tools/rotate"' in page


def test_a_document_is_merged_with_another_from_its_own_page() -> None:
    private, public = share("puente", "private"), share("molino").document
    owner, address = visit("owner", private), f"/d/{private.document.pk}/tools/merge"
    added = owner.post(address, {"add": public.pk}).headers["Location"]
    assert added.startswith(f"{address}?draft=")
    assert owner.post(added, {}).status_code == 303
    assert [each["name"] for each in Job.objects.get().inputs] == ["Título puente.pdf", "Título molino.pdf"]
