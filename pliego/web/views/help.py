"""The help: all articles, the search among them, and each of them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pliego.documents.addresses import in_full
from pliego.web import articles


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show all articles, or those that hold the words of ``?q=``."""
    text = request.GET.get("q", "")[:200].strip()
    context = {"text": text, "found": articles.find(text), "groups": articles.groups()}
    return render(request, "help/index.html", context)


@require_safe
def article(request: HttpRequest, name: str) -> HttpResponse:
    """Show one article."""
    context = {
        "article": articles.article(name),
        "template": articles.template_of(name),
        "groups": articles.groups(),
        "site": in_full("/", request),
        "max_upload_mb": settings.MAX_UPLOAD_MB,
    }
    return render(request, "help/article.html", context)
