from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("work", "0002_journey"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="shared_note",
            field=models.TextField(
                blank=True, verbose_name="note that both sides read"
            ),
        ),
    ]
