"""Pictures for links: what social networks and chats show."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from pliego.documents import cards, quotes
from pliego.documents.printed import number_on
from pliego.web import freshness
from pliego.web.citing import asked_page
from pliego.web.views.reading import readable


@require_safe
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """Answer with the card of a document, of its page `?p=`, or of a passage `?quote=` there."""
    document = readable(request, identifier)
    page = asked_page(request)
    quote = request.GET.get("quote", "")
    found = quotes.locate(document.file, page or 1, quotes.parse(quote)) if quote else None
    number = found.page if found else page or 1
    note = gettext("p. %(page)s") % {"page": number_on(document, number)} if found else settings.SITE_NAME
    response = HttpResponse(cards.card(document, number, note, found), content_type="image/jpeg")
    freshness.mark(response, document)
    if document.public:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # chats show it from where they are
    return response
