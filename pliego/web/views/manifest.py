"""The site as an app on a phone: its name and face, and a place in the share sheet for PDFs of other apps."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """Answer with the web app manifest; what is shared with the app arrives at the form of the home page."""
    home = reverse("site:home")
    said = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME[:12],
        "description": gettext("Drop a PDF and get a page for it: a link to read, share and download."),
        "lang": get_language(),
        "id": "/",
        "start_url": home,
        "scope": "/",
        "display": "minimal-ui",
        "background_color": "#f6f3ec",
        "theme_color": "#f6f3ec",
        "icons": [
            {"src": static(f"img/app-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for size, purpose in ((192, "any"), (512, "any"), (512, "maskable"))
        ],
        "share_target": {
            "action": home,
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "file", "accept": ["application/pdf", ".pdf"]}]},
        },
    }
    return JsonResponse(said, content_type="application/manifest+json", headers={"Cache-Control": "no-cache"})
