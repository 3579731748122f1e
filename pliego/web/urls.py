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

ONE = rf"(?P<identifier>{PATTERN})"
ANY = rf"(?P<identifier>{PINNED})"
"""A document as it is now, or one of its versions."""
NUMBER = "(?P<number>[1-9][0-9]{0,5})"
SLUG = "(?P<slug>[a-z0-9-]{1,100})"
NAME = "(?P<name>[a-z0-9-]{1,100})"

document_urls = [
    # What is asked for most stands first: no address fits two of these.
    re_path(rf"^{ANY}/p/{NUMBER}\.webp$", pictures.show, name="picture"),
    re_path(rf"^{ANY}/{SLUG}/$", documents.show, name="document"),
    re_path(rf"^{ANY}/{SLUG}/p/{NUMBER}$", reading.page, name="page"),
    re_path(rf"^{ANY}/{SLUG}/{NAME}\.pdf$", files.show, name="file"),
    re_path(rf"^{ANY}/p/{NUMBER}\.html$", reading.leaf, name="leaf"),
    re_path(rf"^{ANY}/$", documents.short, name="document_short"),
    re_path(rf"^{ANY}/status\.json$", documents.status, name="document_status"),
    re_path(rf"^{ANY}/go$", documents.go_to_page, name="go_to_page"),
    re_path(rf"^{ONE}/short$", handing_on.short, name="short_link_of"),
    re_path(rf"^{ONE}/qr\.svg$", handing_on.qr_svg, name="qr_svg"),
    re_path(rf"^{ONE}/qr\.png$", handing_on.qr_png, name="qr_png"),
    re_path(rf"^{ONE}/open$", share_links.door, name="door"),
    re_path(rf"^{ONE}/links$", share_links.links, name="share_links"),
    re_path(rf"^{ONE}/links/(?P<number>[1-9][0-9]{{0,8}})$", share_links.edit, name="share_link_edit"),
    re_path(rf"^{ONE}/links/(?P<number>[1-9][0-9]{{0,8}})/revoke$", share_links.revoke, name="share_link_revoke"),
    re_path(rf"^{ONE}/versions$", versions.versions, name="versions"),
    re_path(rf"^{ONE}/versions/upload$", tus.replacements, name="version_upload"),
    re_path(rf"^{ONE}/versions/keep$", versions.keep, name="version_keep"),
    re_path(rf"^{ONE}/versions/shown$", versions.shown, name="versions_shown"),
    re_path(rf"^{ONE}/versions/{NUMBER}/back$", versions.bring_back, name="version_back"),
    re_path(rf"^{ONE}/versions/{NUMBER}/delete$", versions.delete, name="version_delete"),
    re_path(rf"^{ONE}/manage$", manage.edit, name="manage"),
    re_path(rf"^{ONE}/statistics$", statistics.show, name="statistics"),
    re_path(rf"^{ONE}/statistics\.csv$", statistics.table, name="statistics_csv"),
    re_path(rf"^{ANY}/report$", report.report, name="report"),
    re_path(rf"^{ONE}/delete$", manage.delete, name="delete"),
    re_path(rf"^{ONE}/trash$", manage.trashed, name="trashed"),
    re_path(rf"^{ONE}/card$", manage.card, name="manage_card"),
    re_path(rf"^{ONE}/recovery$", manage.remember, name="recovery"),
    re_path(rf"^{ONE}/claim$", manage.claim, name="claim"),
    re_path(rf"^{ONE}/unlock$", manage.unlock, name="unlock"),
    re_path(rf"^{ANY}/pages\.pdf$", files.excerpt, name="excerpt"),
    re_path(rf"^{ANY}/quote$", quotes.quote, name="quote"),
    re_path(rf"^{ANY}/card\.jpg$", cards.show, name="card"),
    re_path(rf"^{ANY}/outline$", reading.outline, name="outline"),
    re_path(rf"^{ANY}/find$", reading.hits, name="hits"),
    re_path(rf"^{ONE}/tools$", toolbox.tools_for, name="document_tools"),
    re_path(rf"^{ONE}/tools/(?P<names>[a-z0-9+-]{{1,400}})$", toolbox.tool_for, name="document_tool"),
    re_path(rf"^{ANY}/{SLUG}/{NAME}\.txt$", export.text, name="plain_text"),
    re_path(rf"^{ANY}/{SLUG}/{NAME}\.epub$", export.epub, name="epub"),
    re_path(rf"^{ANY}/{SLUG}/cite$", cite.show, name="cite"),
    re_path(rf"^{ANY}/{SLUG}/cite\.(?P<ending>bib|ris|json)$", cite.record, name="record"),
    re_path(rf"^{ANY}/{SLUG}/text$", reading.text, name="text"),
]

job_urls = [
    re_path(rf"^{ONE}/$", jobs.show, name="job"),
    re_path(rf"^{ONE}/status\.json$", jobs.status, name="job_status"),
    re_path(rf"^{ONE}/result$", jobs.result, name="job_result"),
    re_path(rf"^{ONE}/p/{NUMBER}\.webp$", jobs.picture, name="job_picture"),
    re_path(rf"^{ONE}/in/(?P<place>[0-9]{{1,3}})/{NUMBER}\.webp$", jobs.input_picture, name="draft_picture"),
    re_path(rf"^{ONE}/cancel$", jobs.cancel, name="job_cancel"),
    re_path(rf"^{ONE}/keep$", jobs.keep, name="job_keep"),
]

collection_urls = [
    path("", collections.make, name="collections"),
    re_path(rf"^{ONE}/$", collections.short, name="collection_short"),
    re_path(rf"^{ONE}/feed\.atom$", collections.feed, name="collection_feed"),
    re_path(rf"^{ONE}/manage$", collections.manage, name="collection_manage"),
    re_path(rf"^{ONE}/claim$", collections.claim, name="collection_claim"),
    re_path(rf"^{ONE}/delete$", collections.delete, name="collection_delete"),
    re_path(rf"^{ONE}/{SLUG}/$", collections.show, name="collection"),
    re_path(rf"^{ONE}/{SLUG}/{NAME}\.zip$", collections.archive, name="collection_zip"),
]

urlpatterns = [
    path("d/", include(document_urls)),
    path("c/", include(collection_urls)),
    re_path(rf"^embed/{ONE}/$", embed.show, name="embed"),
    path("l/<str:token>/", share_links.follow, name="share_link"),
    re_path(rf"^s/(?P<short>{short_links.PATTERN})$", handing_on.follow, name="short_link"),
    path("oembed", oembed.show, name="oembed"),
    path("m/<str:token>/", manage.open_link, name="manage_link"),
    path("subidas/", tus.uploads, name="uploads"),
    re_path(rf"^subidas/{ONE}/$", tus.upload, name="upload"),
    path("jobs/", include(job_urls)),
    path("samples", home.samples, name="samples"),
    path("language/<str:code>/", languages.choose, name="language"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.index, name="sitemap"),
    path("sitemap-pages.xml", crawlers.pages, name="sitemap_pages"),
    re_path(r"^sitemap-(?P<month>[0-9]{4}-[0-9]{2})\.xml$", crawlers.documents, name="sitemap_part"),
    path("healthz", health.alive, name="health"),
]
