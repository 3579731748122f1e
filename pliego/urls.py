"""The site's table of contents."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import pgettext_lazy

urlpatterns = [
    path("api/v1/", include("pliego.api.urls")),
    path("", include("pliego.web.urls")),
    *i18n_patterns(
        path("", include("pliego.web.interface_urls")),
        path(pgettext_lazy("address", "account/"), include("pliego.web.account_urls")),
        prefix_default_language=False,
    ),
]
handler404 = "pliego.web.views.errors.not_found"
handler403 = "pliego.web.views.errors.forbidden"
handler400 = "pliego.web.views.errors.bad_request"
handler500 = "pliego.web.views.errors.server_error"
