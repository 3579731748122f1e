from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0020_topic_rank")]

    operations = [
        migrations.RemoveIndex("document", "document_manage_hash"),
        migrations.RemoveIndex("file", "file_near_group"),
        migrations.RemoveIndex("topic", "topic_folded"),
        migrations.AddIndex("document", models.Index(fields=["manage_hash"], name="document_manage_hash")),
        migrations.AddIndex("file", models.Index(fields=["near_group"], name="file_near_group")),
        migrations.AddIndex(
            "file",
            models.Index(fields=["sha256"], condition=models.Q(facts_state="failed"), name="file_unreadable"),
        ),
        migrations.AddIndex(
            "topic",
            models.Index(fields=["kind", "folded", "text", "rank", "document"], name="topic_folded"),
        ),
    ]
