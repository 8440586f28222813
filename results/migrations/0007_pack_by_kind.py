from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0006_sign_certificates")]

    operations = [
        migrations.AddField(
            model_name="editionpackage",
            name="kind",
            field=models.CharField(default="edition", max_length=20, verbose_name="内容"),
        ),
        migrations.RemoveConstraint(model_name="editionpackage", name="results_editionpackage_one_queued"),
        migrations.AddConstraint(
            model_name="editionpackage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "queued")), fields=("edition", "kind"), name="results_editionpackage_one_queued"
            ),
        ),
    ]
