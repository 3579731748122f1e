from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def since_they_came(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """What is there was compared when it came in, as far as anybody knows."""
    apps.get_model("documents", "File").objects.update(compared_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0016_near_groups")]

    operations = [
        migrations.AddField("file", "compared_at", models.DateTimeField(default=timezone.now)),
        migrations.RunPython(since_they_came, migrations.RunPython.noop),
        migrations.AddIndex("file", models.Index(fields=["compared_at"], name="file_compared")),
    ]
