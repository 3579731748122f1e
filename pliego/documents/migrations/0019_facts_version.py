from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0018_daily_use")]

    operations = [
        migrations.AddField("file", "facts_version", models.CharField(blank=True, max_length=8)),
    ]
