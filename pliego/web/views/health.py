"""Is the site alive?"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pliego.documents.models import Document


@require_safe
def alive(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer "ok" when the database answers."""
    Document.objects.exists()
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})
