"""What may be found is what the QuerySet says, however the database is asked."""

import pytest
from django.db.models import F

from pliego.accounts.viewer import ANONYMOUS, OPERATOR, Viewer
from pliego.documents.models import Document, Privacy
from pliego.documents.narrowing import Findable
from tests.archive import BEES, BRIDGES, HIVES, put

TEXTS = {"bees": BEES, "hives": HIVES, "bridges": BRIDGES}


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize("owned", [[], ["hives"], ["bees", "hives"]])
def test_what_is_found_may_be_found(owned: list[str]) -> None:
    documents = {name: put(name, texts).document for name, texts in TEXTS.items()}
    Document.objects.filter(pk=documents["hives"].pk).update(privacy=Privacy.PRIVATE)
    Document.objects.filter(pk=documents["bridges"].pk).update(revision=F("revision") + 1)
    keys = [document.pk for document in documents.values()]
    for viewer in (ANONYMOUS, OPERATOR, Viewer(owned=frozenset(documents[name].pk for name in owned))):
        findable = Document.objects.findable_by(viewer).indexed()
        assert set(Findable(viewer)(keys)) == set(findable.values_list("pk", flat=True))


@pytest.mark.usefixtures("archive")
def test_what_is_no_longer_public_is_not_found_at_the_next_question() -> None:
    document = put("bees", BEES).document
    assert Findable(ANONYMOUS)([document.pk])
    Document.objects.filter(pk=document.pk).update(privacy=Privacy.UNLISTED)
    assert not Findable(ANONYMOUS)([document.pk])
