from django.db import migrations, models

OFTEN = [("never", "never"), ("day", "every day"), ("week", "once a week")]


def say_how_often(apps, editor):
    """Who wanted no mail gets none; nor does who has only an applicant's account."""
    user = apps.get_model("access", "User")
    user.objects.filter(wants_digest=False).update(digest_every="never")
    user.objects.filter(memberships__isnull=True).update(digest_every="never")


def say_whether(apps, editor):
    user = apps.get_model("access", "User")
    user.objects.filter(digest_every="never").update(wants_digest=False)


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0004_journey"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="digest_every",
            field=models.CharField(choices=OFTEN, default="day", max_length=5, verbose_name="a mail of what is new and due"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="calendar_initials",
            field=models.BooleanField(default=False, verbose_name="calendars may show the initials of applicants"),
        ),
        migrations.RunPython(say_how_often, say_whether),
        migrations.RemoveField(model_name="user", name="wants_digest"),
    ]
