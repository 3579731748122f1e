"""Addresses that are the same in every language, and permanent: documents, uploads, the machinery."""

from django.urls import include, path, re_path

from pliego.documents import short_links
from pliego.documents.identifiers import PATTERN, PINNED
from pliego.web.views import (
    cards,
    cite,
    collections,
    crawlers,
    documents,
    embed,
    export,
    files,
    handing_on,
    health,
    home,
    jobs,
    languages,
    manage,
    oembed,
    pictures,
    quotes,
    reading,
    report,
    share_links,
    statistics,
    toolbox,
    tus,
    versions,
)

app_name = "web"

document_urls = [
    # What is asked for most stands first: no address fits two of these.
    re_path(rf"^(?P<identifier>{PINNED})/p/(?P<number>[1-9][0-9]{{0,5}})\.webp$", pictures.show, name="picture"),
    re_path(rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/$", documents.show, name="document"),
    re_path(
        rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/p/(?P<number>[1-9][0-9]{{0,5}})$",
        reading.page,
        name="page",
    ),
    re_path(
        rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/(?P<name>[a-z0-9-]{{1,100}})\.pdf$",
        files.show,
        name="file",
    ),
    re_path(rf"^(?P<identifier>{PINNED})/p/(?P<number>[1-9][0-9]{{0,5}})\.html$", reading.leaf, name="leaf"),
    re_path(rf"^(?P<identifier>{PINNED})/$", documents.short, name="document_short"),
    re_path(rf"^(?P<identifier>{PINNED})/status\.json$", documents.status, name="document_status"),
    re_path(rf"^(?P<identifier>{PINNED})/go$", documents.go_to_page, name="go_to_page"),
    re_path(rf"^(?P<identifier>{PATTERN})/short$", handing_on.short, name="short_link_of"),
    re_path(rf"^(?P<identifier>{PATTERN})/qr\.svg$", handing_on.qr_svg, name="qr_svg"),
    re_path(rf"^(?P<identifier>{PATTERN})/qr\.png$", handing_on.qr_png, name="qr_png"),
    re_path(rf"^(?P<identifier>{PATTERN})/open$", share_links.door, name="door"),
    re_path(rf"^(?P<identifier>{PATTERN})/links$", share_links.links, name="share_links"),
    re_path(
        rf"^(?P<identifier>{PATTERN})/links/(?P<number>[1-9][0-9]{{0,8}})$", share_links.edit, name="share_link_edit"
    ),
    re_path(
        rf"^(?P<identifier>{PATTERN})/links/(?P<number>[1-9][0-9]{{0,8}})/revoke$",
        share_links.revoke,
        name="share_link_revoke",
    ),
    re_path(rf"^(?P<identifier>{PATTERN})/versions$", versions.versions, name="versions"),
    re_path(rf"^(?P<identifier>{PATTERN})/versions/upload$", tus.replacements, name="version_upload"),
    re_path(rf"^(?P<identifier>{PATTERN})/versions/keep$", versions.keep, name="version_keep"),
    re_path(rf"^(?P<identifier>{PATTERN})/versions/shown$", versions.shown, name="versions_shown"),
    re_path(
        rf"^(?P<identifier>{PATTERN})/versions/(?P<number>[1-9][0-9]{{0,5}})/back$",
        versions.bring_back,
        name="version_back",
    ),
    re_path(
        rf"^(?P<identifier>{PATTERN})/versions/(?P<number>[1-9][0-9]{{0,5}})/delete$",
        versions.delete,
        name="version_delete",
    ),
    re_path(rf"^(?P<identifier>{PATTERN})/manage$", manage.edit, name="manage"),
    re_path(rf"^(?P<identifier>{PATTERN})/statistics$", statistics.show, name="statistics"),
    re_path(rf"^(?P<identifier>{PATTERN})/statistics\.csv$", statistics.table, name="statistics_csv"),
    re_path(rf"^(?P<identifier>{PINNED})/report$", report.report, name="report"),
    re_path(rf"^(?P<identifier>{PATTERN})/delete$", manage.delete, name="delete"),
    re_path(rf"^(?P<identifier>{PATTERN})/trash$", manage.trashed, name="trashed"),
    re_path(rf"^(?P<identifier>{PATTERN})/card$", manage.card, name="manage_card"),
    re_path(rf"^(?P<identifier>{PATTERN})/recovery$", manage.remember, name="recovery"),
    re_path(rf"^(?P<identifier>{PATTERN})/claim$", manage.claim, name="claim"),
    re_path(rf"^(?P<identifier>{PATTERN})/unlock$", manage.unlock, name="unlock"),
    re_path(rf"^(?P<identifier>{PINNED})/pages\.pdf$", files.excerpt, name="excerpt"),
    re_path(rf"^(?P<identifier>{PINNED})/quote$", quotes.quote, name="quote"),
    re_path(rf"^(?P<identifier>{PINNED})/card\.jpg$", cards.show, name="card"),
    re_path(rf"^(?P<identifier>{PINNED})/outline$", reading.outline, name="outline"),
    re_path(rf"^(?P<identifier>{PINNED})/find$", reading.hits, name="hits"),
    re_path(rf"^(?P<identifier>{PATTERN})/tools$", toolbox.tools_for, name="document_tools"),
    re_path(
        rf"^(?P<identifier>{PATTERN})/tools/(?P<names>[a-z0-9+-]{{1,400}})$", toolbox.tool_for, name="document_tool"
    ),
    re_path(
        rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/(?P<name>[a-z0-9-]{{1,100}})\.txt$",
        export.text,
        name="plain_text",
    ),
    re_path(
        rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/(?P<name>[a-z0-9-]{{1,100}})\.epub$",
        export.epub,
        name="epub",
    ),
    re_path(rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/cite$", cite.show, name="cite"),
    re_path(
        rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/cite\.(?P<ending>bib|ris|json)$",
        cite.record,
        name="record",
    ),
    re_path(rf"^(?P<identifier>{PINNED})/(?P<slug>[a-z0-9-]{{1,100}})/text$", reading.text, name="text"),
]

job_urls = [
    re_path(rf"^(?P<identifier>{PATTERN})/$", jobs.show, name="job"),
    re_path(rf"^(?P<identifier>{PATTERN})/status\.json$", jobs.status, name="job_status"),
    re_path(rf"^(?P<identifier>{PATTERN})/result$", jobs.result, name="job_result"),
    re_path(rf"^(?P<identifier>{PATTERN})/p/(?P<number>[1-9][0-9]{{0,5}})\.webp$", jobs.picture, name="job_picture"),
    re_path(
        rf"^(?P<identifier>{PATTERN})/in/(?P<place>[0-9]{{1,3}})/(?P<number>[1-9][0-9]{{0,5}})\.webp$",
        jobs.input_picture,
        name="draft_picture",
    ),
    re_path(rf"^(?P<identifier>{PATTERN})/cancel$", jobs.cancel, name="job_cancel"),
    re_path(rf"^(?P<identifier>{PATTERN})/keep$", jobs.keep, name="job_keep"),
]

collection_urls = [
    path("", collections.make, name="collections"),
    re_path(rf"^(?P<identifier>{PATTERN})/$", collections.short, name="collection_short"),
    re_path(rf"^(?P<identifier>{PATTERN})/feed\.atom$", collections.feed, name="collection_feed"),
    re_path(rf"^(?P<identifier>{PATTERN})/manage$", collections.manage, name="collection_manage"),
    re_path(rf"^(?P<identifier>{PATTERN})/claim$", collections.claim, name="collection_claim"),
    re_path(rf"^(?P<identifier>{PATTERN})/delete$", collections.delete, name="collection_delete"),
    re_path(rf"^(?P<identifier>{PATTERN})/(?P<slug>[a-z0-9-]{{1,100}})/$", collections.show, name="collection"),
    re_path(
        rf"^(?P<identifier>{PATTERN})/(?P<slug>[a-z0-9-]{{1,100}})/(?P<name>[a-z0-9-]{{1,100}})\.zip$",
        collections.archive,
        name="collection_zip",
    ),
]

urlpatterns = [
    path("d/", include(document_urls)),
    path("c/", include(collection_urls)),
    re_path(rf"^embed/(?P<identifier>{PATTERN})/$", embed.show, name="embed"),
    path("l/<str:token>/", share_links.follow, name="share_link"),
    re_path(rf"^s/(?P<short>{short_links.PATTERN})$", handing_on.follow, name="short_link"),
    path("oembed", oembed.show, name="oembed"),
    path("m/<str:token>/", manage.open_link, name="manage_link"),
    path("subidas/", tus.uploads, name="uploads"),
    re_path(rf"^subidas/(?P<identifier>{PATTERN})/$", tus.upload, name="upload"),
    path("jobs/", include(job_urls)),
    path("samples", home.samples, name="samples"),
    path("language/<str:code>/", languages.choose, name="language"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.index, name="sitemap"),
    path("sitemap-pages.xml", crawlers.pages, name="sitemap_pages"),
    re_path(r"^sitemap-(?P<month>[0-9]{4}-[0-9]{2})\.xml$", crawlers.documents, name="sitemap_part"),
    path("healthz", health.alive, name="health"),
]
