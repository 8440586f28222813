from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("results", "0008_keep_stability_reports")]

    operations = [
        migrations.AlterField(
            model_name="objection",
            name="state",
            field=models.CharField(
                choices=[
                    ("filed", "待受理"), ("declined", "不予受理"), ("investigating", "调查中"), ("upheld", "异议成立"),
                    ("dismissed", "异议不成立"), ("answered", "已答复"), ("withdrawn", "已撤回"),
                ],
                default="filed", max_length=14, verbose_name="状态",
            ),
        ),
    ]
