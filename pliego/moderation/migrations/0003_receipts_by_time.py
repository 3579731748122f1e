from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_notices")]

    operations = [
        migrations.RemoveIndex(model_name="message", name="message_receipt"),
        migrations.RemoveIndex(model_name="notice", name="notice_receipt"),
        migrations.AddIndex(
            model_name="message", index=models.Index(fields=["receipt_at"], name="message_receipt")
        ),
        migrations.AddIndex(model_name="notice", index=models.Index(fields=["receipt_at"], name="notice_receipt")),
    ]
