"""Closing, pausing and holding are a handful of leaves among hundreds of thousands of votes; pages ask for them often."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voting", "0005_keep_appeals")]

    operations = [
        migrations.AddIndex(
            model_name="ledgerleaf",
            index=models.Index(fields=["edition", "kind", "index"], name="voting_ledgerleaf_kind"),
        ),
    ]
