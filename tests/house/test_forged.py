"""No page of another site does anything here in the name of whoever is signed in: every route, every method."""

from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from pliego.accounts.viewer import Viewer
from pliego.documents import gathering, sharing
from pliego.documents.models import Document, Privacy
from pliego.documents.sharing import Terms
from tests.house.routes import ROUTES
from tests.people import Shared, account, leaflet, share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("archive")]
FORGED = {
    "today's browsers": {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    "a site next door": {"sec-fetch-site": "same-site", "origin": "https://evil.testserver"},
    "a frame without an origin": {"sec-fetch-site": "cross-site", "origin": "null"},
    "old browsers": {"origin": "https://evil.example"},
    "the origin of the site with a port": {"origin": "http://testserver:8000"},
}
PDF = SimpleUploadedFile("otro.pdf", leaflet("otro"), "application/pdf")
MULTIPART = (encode_multipart(BOUNDARY, {"title": "Otro", "do": "delete", "file": PDF}), MULTIPART_CONTENT)
BODIES = {"PATCH": ('{"title": "Otro"}', "application/json")}
ROOMS = ("accounts", "documents", "toolbox", "auth", "account", "mfa", "usersessions", "sessions")


@pytest.fixture
def shared() -> Shared:
    return share("suyo", Privacy.PRIVATE, owner=account())


def browser() -> Client:
    """One in which the owner of the document is signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(account())
    return client


def rows() -> dict[str, list[dict[str, Any]]]:
    """All that the site keeps of accounts, documents and jobs."""
    models = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("told", FORGED)
def test_what_another_site_sends_changes_nothing(shared: Shared, told: str, method: str) -> None:
    client, link = browser(), sharing.give(shared.document, Terms())[0]
    collection, _ = gathering.make(Viewer(person=account().pk), "Varios", Privacy.PUBLIC, shared.document.pk)
    before = rows()
    for route, (_, path) in ROUTES.items():
        cache.clear()
        key = collection.pk if ":collection" in route else shared.document.pk
        named = path.format(id=key, slug=shared.document.slug, link=link.pk)
        sent = client.generic(method, named, *BODIES.get(method, MULTIPART), headers=FORGED[told])
        assert sent.status_code >= 400, (route, sent.status_code)
        assert rows() == before, route
    assert Document.objects.get(pk=shared.document.pk).trashed_at is None
