"""The toolbox for programs."""

import json
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from pliego.toolbox import running
from pliego.toolbox.models import Job
from tests.people import account, share
from tests.toolbox.jobs_made import PDF

pytestmark = pytest.mark.django_db


def post(path: str, **fields: Any) -> tuple[int, dict[str, Any]]:
    file = BytesIO(PDF)
    file.name = "hoja.pdf"
    answer = Client().post(f"/api/v1/{path}", {"file": file, **fields})
    return answer.status_code, answer.json()


def test_the_tools_are_told_with_their_options() -> None:
    told = {each["name"]: each for each in Client().get("/api/v1/tools").json()}
    assert "turn" in told["rotate"]["options"]["properties"]
    assert Client().get("/api/v1/tools/rotate").json() == told["rotate"]


def test_a_program_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Client().get("/api/v1/tools/merge").json()["missing"] is None
    monkeypatch.setattr("pliego.pdf.programs.where", lambda _: "")
    assert Client().get("/api/v1/tools/ocr").json()["missing"] == "Tesseract"
    assert post("tools/ocr")[0] == 501


def test_labels_come_in_the_language_that_is_asked_for() -> None:
    label = [
        Client().get("/api/v1/tools/merge", headers={"accept-language": code}).json()["label"] for code in ("en", "es")
    ]
    assert label[0] != label[1]


def test_a_job_is_begun_and_told(parser: None) -> None:
    status, told = post("tools/rotate", turn="90")
    assert (status, told["state"], told["result"]) == (202, "waiting", None)
    running.run(told["id"])
    done = Client().get(told["self"]).json()
    assert (done["state"], done["percent"], done["reports"][0]["operation"]) == ("done", 100, "rotate")
    assert b"".join(Client().get(done["result"]).streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]


def test_several_tools_are_one_job() -> None:
    steps = [{"tool": "rotate", "options": {"turn": 90}}, {"tool": "extract", "options": {"pages": "1"}}]
    status, told = post("jobs", steps=json.dumps(steps))
    assert (status, told["tools"]) == (202, ["rotate", "extract"])


@pytest.mark.parametrize(
    "steps", ["", "7", "[7]", "{}", '[{"tool": 7}]', '[{"tool": "rotate", "options": 7}]', "[" * 9999]
)
def test_steps_that_make_no_sense_are_refused(steps: str) -> None:
    status, told = post("jobs", steps=steps)
    assert (status in {400, 404}, told["code"] in {"bad-request", "not-found"}) == (True, True)


def test_a_wrong_option_is_a_problem() -> None:
    status, told = post("tools/rotate", turn="45")
    assert (status, told["code"], told["status"]) == (400, "bad-request", 400)
    assert post("tools/rotate", trun="90")[1]["title"]
    assert post("tools/fly")[0] == 404


def test_a_job_is_stopped() -> None:
    _, told = post("tools/rotate", turn="90")
    assert Client().delete(told["self"]).status_code == 202
    assert Job.objects.get().state == "cancelled"
    assert Client().get("/api/v1/jobs/unknown").headers["Content-Type"] == "application/problem+json"


def test_the_description_names_every_path() -> None:
    described = Client().get("/api/v1/openapi.json").json()
    document = "/api/v1/documents/{identifier}"
    versions = f"{document}/versions"
    assert set(described["paths"]) == {
        *(
            "/api/v1/documents",
            "/api/v1/account/documents",
            document,
            f"{document}/pages",
            f"{document}/find",
            "/api/v1/search",
        ),
        *("/api/v1/tools", "/api/v1/tools/{name}", "/api/v1/jobs", "/api/v1/jobs/{identifier}"),
        *(versions, f"{versions}/{{number}}", f"{versions}/{{number}}/restore"),
    }


def test_documents_of_the_site_are_inputs(parser: None) -> None:
    shared, private = share("molino").document, share("puente", "private", owner=account()).document
    status, told = post("tools/merge", document=[shared.pk, f"http://testserver/d/{shared.pk}"])
    assert status == 202
    assert [each["name"] for each in Job.objects.get(pk=told["id"]).inputs] == [
        "hoja.pdf", "Título molino.pdf", "Título molino.pdf",
    ]  # fmt: skip
    assert post("tools/merge", document=private.pk)[0] == 404
    clara = Client()
    clara.force_login(account())
    asked = {"document": private.pk, "turn": "90"}
    assert clara.post("/api/v1/tools/rotate", asked, headers={"sec-fetch-site": "same-origin"}).status_code == 202
    assert clara.post("/api/v1/tools/rotate", asked, headers={"sec-fetch-site": "cross-site"}).status_code == 403
