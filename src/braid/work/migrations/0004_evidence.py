"""Papers belong to an episode, with or without a job, and may be seen without a file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def of_episode(apps, editor):
    evidence = apps.get_model("work", "Evidence")
    job = apps.get_model("work", "Job").objects.filter(pk=OuterRef("job_id"))
    document = apps.get_model("documents", "Document").objects.filter(
        pk=OuterRef("document_id")
    )
    evidence.objects.update(
        episode_id=Subquery(job.values("episode_id")),
        sha256=Subquery(document.values("sha256")),
    )
    if editor.connection.vendor == "postgresql":
        # What waits for the end of the transaction bars the changes that follow.
        editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("work", "0003_shared_note"),
        ("people", "0005_outcomes_lens"),
        ("documents", "0003_every_class"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "evidence",
            "episode",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.episode",
            ),
        ),
        migrations.AddField(
            "evidence",
            "sha256",
            models.CharField(blank=True, default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(of_episode, migrations.RunPython.noop),
        migrations.AddField(
            "evidence",
            "consent_id",
            models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            "evidence",
            "label",
            models.SlugField(
                blank=True, default="", max_length=40, verbose_name="what other paper"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "evidence",
            "number",
            models.CharField(
                blank=True,
                default="",
                max_length=40,
                verbose_name="number that was called",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "evidence",
            "seen_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who saw the original",
            ),
        ),
        migrations.AlterField(
            "evidence",
            "document",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.AlterField(
            "evidence",
            "episode",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.episode",
            ),
        ),
        migrations.AlterField(
            "evidence",
            "job",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="evidence",
                to="work.job",
            ),
        ),
        migrations.AddIndex(
            "evidence",
            models.Index(fields=["sha256"], name="work_eviden_sha256_240f46_idx"),
        ),
        migrations.AddConstraint(
            "evidence",
            models.CheckConstraint(
                condition=Q(document__isnull=False) | Q(seen_by__isnull=False),
                name="evidence_held_or_seen",
            ),
        ),
    ]
