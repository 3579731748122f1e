"""The terms of the site and what it keeps of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.web import legal


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one of the texts."""
    return render(request, "contact/legal.html", {"text": legal.text(name), "name": name})
