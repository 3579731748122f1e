"""Addresses of the pages: those of documents are language-neutral and permanent, those of the interface translated."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import pgettext_lazy

from pliego.documents.identifiers import PATTERN
from pliego.web.views import documents, files, health, home, languages, listing, manage, pictures, tus

app_name = "web"

document_urls = [
    re_path(rf"^(?P<identifier>{PATTERN})/$", documents.short, name="document_short"),
    re_path(rf"^(?P<identifier>{PATTERN})/status\.json$", documents.status, name="document_status"),
    re_path(rf"^(?P<identifier>{PATTERN})/go$", documents.go_to_page, name="go_to_page"),
    re_path(rf"^(?P<identifier>{PATTERN})/unlock$", manage.unlock, name="unlock"),
    re_path(rf"^(?P<identifier>{PATTERN})/p/(?P<number>[1-9][0-9]{{0,5}})\.webp$", pictures.show, name="picture"),
    re_path(rf"^(?P<identifier>{PATTERN})/(?P<slug>[a-z0-9-]{{1,100}})/$", documents.show, name="document"),
    re_path(
        rf"^(?P<identifier>{PATTERN})/(?P<slug>[a-z0-9-]{{1,100}})/(?P<name>[a-z0-9-]{{1,100}})\.pdf$",
        files.show,
        name="file",
    ),
    re_path(
        rf"^(?P<identifier>{PATTERN})/(?P<slug>[a-z0-9-]{{1,100}})/p/(?P<number>[1-9][0-9]{{0,5}})$",
        documents.page,
        name="page",
    ),
]

interface_urls = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "documents/"), listing.documents, name="documents"),
    re_path(rf"^manage/(?P<identifier>{PATTERN})/$", manage.edit, name="manage"),
    re_path(rf"^manage/(?P<identifier>{PATTERN})/delete$", manage.delete, name="delete"),
]

urlpatterns = [
    path("d/", include(document_urls)),
    path("m/<str:token>/", manage.open_link, name="manage_link"),
    path("subidas/", tus.uploads, name="uploads"),
    re_path(rf"^subidas/(?P<identifier>{PATTERN})/$", tus.upload, name="upload"),
    path("samples", home.samples, name="samples"),
    path("language/<str:code>/", languages.choose, name="language"),
    path("healthz", health.alive, name="health"),
    *i18n_patterns(*interface_urls, prefix_default_language=False),
]
