from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_add_webhooks")]

    operations = [
        migrations.CreateModel(
            name="PlatformKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verifier_key", models.CharField(max_length=300, unique=True)),
                ("first_used_at", models.DateTimeField()),
            ],
            options={"ordering": ["pk"]},
        ),
    ]
