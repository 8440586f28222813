from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0007_pack_by_kind")]

    operations = [
        migrations.CreateModel(
            name="StabilityReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("queued", "正在分析"), ("done", "已完成"), ("failed", "没有完成")],
                        default="queued", max_length=8, verbose_name="状态",
                    ),
                ),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("steps", models.PositiveSmallIntegerField(default=0)),
                ("requested_at", models.DateTimeField(verbose_name="提出时间")),
                ("touched_at", models.DateTimeField(verbose_name="最近进展")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="完成时间")),
                ("content", models.JSONField(default=dict)),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="说明")),
            ],
        ),
    ]
