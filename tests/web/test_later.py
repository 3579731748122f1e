"""Views whose module is imported when the first of them is asked for."""

import subprocess
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from pliego.web.later import Later


@pytest.mark.django_db
def test_it_answers_as_the_view_itself() -> None:
    answer = Later("pliego.web.views.health").alive(RequestFactory().get("/healthz"))
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200


def test_what_knows_passkeys_is_not_loaded_with_the_addresses() -> None:
    loaded = "import sys, pliego.wsgi, django.urls as u; u.get_resolver().url_patterns; print('fido2' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["False"]
