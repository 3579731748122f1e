"""The site's table of contents."""

from django.urls import include, path

urlpatterns = [
    path("", include("pliego.web.urls")),
]
handler404 = "pliego.web.views.errors.not_found"
handler403 = "pliego.web.views.errors.forbidden"
handler400 = "pliego.web.views.errors.bad_request"
handler500 = "pliego.web.views.errors.server_error"
