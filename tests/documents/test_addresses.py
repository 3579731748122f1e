"""The site's pages in full."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from pliego.documents.addresses import in_full

ASKED = RequestFactory().get("/", headers={"host": "localhost:666"})


@pytest.mark.parametrize("path", ["/d/x/", "//evil.example/x", "/d/x/?q=1"])
def test_a_site_with_an_address_leads_nobody_elsewhere(settings: Settings, path: str) -> None:
    settings.SITE_ADDRESS, settings.ALLOWED_HOSTS = "https://pdf.example.org", ["localhost"]
    assert in_full(path, ASKED) == in_full(path) == f"https://pdf.example.org{path}"


@pytest.mark.parametrize("path", ["/d/x/", "//evil.example/x", "/d/x/?q=1"])
def test_without_one_the_host_that_was_asked_is_named(settings: Settings, path: str) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    assert in_full(path, ASKED) == f"http://localhost:666{path}"


def test_letters_of_other_scripts_are_spelt_as_addresses_are(settings: Settings) -> None:
    settings.SITE_ADDRESS = "https://pdf.example.org"
    assert in_full("/explorar/autor/Núñez/") == "https://pdf.example.org/explorar/autor/N%C3%BA%C3%B1ez/"
