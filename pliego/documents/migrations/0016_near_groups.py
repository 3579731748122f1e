from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from pliego.search.duplicates import NEAR_COPY, similarity


def group(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let what was noted before stand together, as far as the fingerprints say that it is the same text."""
    files = apps.get_model("documents", "File").objects
    for pair in apps.get_model("documents", "NearCopy").objects.select_related("file", "other").order_by("pk"):
        if similarity(bytes(pair.file.signature), bytes(pair.other.signature)) < NEAR_COPY:
            continue
        keys = [pair.file_id, pair.other_id]
        known = set(files.filter(pk__in=keys).exclude(near_group="").values_list("near_group", flat=True))
        together = models.Q(pk__in=keys) | models.Q(near_group__in=known)
        files.filter(together).update(near_group=min(known, default=min(keys)))


class Migration(migrations.Migration):
    dependencies = [("documents", "0015_versions")]

    operations = [
        migrations.AddField("file", "near_group", models.CharField(blank=True, max_length=64)),
        migrations.AddIndex(
            "file",
            models.Index(condition=~models.Q(near_group=""), fields=["near_group"], name="file_near_group"),
        ),
        migrations.RunPython(group, migrations.RunPython.noop),
    ]
