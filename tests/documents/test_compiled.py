import pytest
from django.forms.models import model_to_dict

from pliego.accounts.viewer import ANONYMOUS
from pliego.documents import catalog, library
from pliego.documents.compiled import ByKey, ByKeys
from pliego.documents.models import Document, File, Privacy
from pliego.errors import NotFound
from tests.people import Shared, share

pytestmark = pytest.mark.django_db


def shared(privacy: str = Privacy.PUBLIC) -> Shared:
    return share("uno", privacy, read=False)


def test_a_row_is_the_one_that_the_queryset_gives() -> None:
    document = shared().document
    File.objects.update(facts_json={"title": "Ñandú", "pages": [1, 2]}, needs_password=True, scanned=[[1, 2]])
    found = ByKey(Document.objects.with_file).get(document.pk)
    plain = Document.objects.with_file().get(pk=document.pk)
    assert found == plain
    assert found is not None
    assert model_to_dict(found) == model_to_dict(plain)
    assert model_to_dict(found.file) == model_to_dict(plain.file)
    assert found.created_at == plain.created_at
    assert not found.get_deferred_fields()


def test_what_was_left_out_is_asked_when_it_is_wanted() -> None:
    document = shared().document
    found = ByKey(lambda: Document.objects.with_file().only("privacy", "file__guessed_title")).get(document.pk)
    assert found is not None
    assert "description" in found.get_deferred_fields()
    assert found.original_name == document.original_name


def test_several_rows_are_those_that_the_queryset_gives() -> None:
    shared(), shared()
    keys = [*Document.objects.values_list("pk", flat=True), "", "\0keys"]
    rows = ByKeys(Document.objects.with_file)
    assert rows.all(keys) == Document.objects.with_file().in_bulk(keys)
    assert rows.all([]) == {}


@pytest.mark.parametrize("key", ["", "\0key", "' OR 1=1 --", "1111111111111111"])
def test_no_other_key_gives_a_row(key: str) -> None:
    shared()
    assert ByKey(Document.objects.with_file).get(key) is None


def test_what_nobody_may_see_any_more_is_gone_with_the_next_question() -> None:
    document = shared().document
    for ask in (catalog.document_for, catalog.bare_document_for):
        assert ask(ANONYMOUS, document.pk) == document
    library.edit(document, library.Details("", "", "", "", Privacy.PRIVATE))
    for ask in (catalog.document_for, catalog.bare_document_for):
        with pytest.raises(NotFound):
            ask(ANONYMOUS, document.pk)


def test_what_is_compiled_once_is_what_the_one_definition_says_now() -> None:
    document = shared().document
    catalog.document_for(ANONYMOUS, document.pk)
    for rows, kept in catalog._OPEN.items():
        sql, params = rows(ANONYMOUS).filter(pk=document.pk).query.sql_with_params()
        told, blanks = kept._asked.compiled.words
        assert told == sql
        assert tuple(document.pk if blank else word for word, blank in blanks) == params
