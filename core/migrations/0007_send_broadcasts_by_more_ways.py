from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("core", "0006_add_own_wording"),
    ]

    operations = [
        migrations.AddField(
            model_name="broadcast",
            name="by_mail",
            field=models.BooleanField(default=True, verbose_name="发邮件"),
        ),
        migrations.AddField(
            model_name="broadcast",
            name="by_sms",
            field=models.BooleanField(default=False, verbose_name="发短信"),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(choices=[("mail", "邮件"), ("sms", "短信"), ("site", "站内")], max_length=8, verbose_name="渠道"),
        ),
    ]
