from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0017_compared_at")]

    operations = [
        migrations.RemoveConstraint("networkuse", "network_use_once"),
        migrations.RenameModel("NetworkUse", "DailyUse"),
        migrations.RenameField("dailyuse", "place", "giver"),
        migrations.AddConstraint(
            "dailyuse", models.UniqueConstraint(fields=("giver", "day"), name="daily_use_once")
        ),
    ]
