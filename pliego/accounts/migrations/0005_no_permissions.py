from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_spent_invitations")]

    operations = [
        migrations.RemoveField("person", "groups"),
        migrations.RemoveField("person", "user_permissions"),
        migrations.RemoveField("person", "is_superuser"),
        migrations.RemoveField("person", "is_staff"),
    ]
