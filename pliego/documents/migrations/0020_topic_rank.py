from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0019_facts_version")]

    operations = [
        migrations.AddField("topic", "rank", models.PositiveSmallIntegerField(default=0)),
    ]
