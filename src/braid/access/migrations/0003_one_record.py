"""Consent, blocks, broken glass, accounts, requests, and the chain of the audit.

What was recorded before is chained as it stands. SQLite makes a table anew to alter it
and drops its triggers: they are taken away first and set again at the end.
"""

from importlib import import_module
from uuid import UUID

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import braid.kernel.ids
from braid.access import chain

growing = import_module("braid.access.migrations.0002_append_only")

# Rows that say who agreed to what go when the person is erased, at no other time.
ERASABLE = {
    "access_change": "applicant_key",
    "access_consententry": "applicant_id",
}
FOR_GOOD = ("access_auditentry", "access_auditroot", "access_erasedsubject")


def chain_what_is_there(apps, editor):
    AuditEntry = apps.get_model("access", "AuditEntry")
    AuditHead = apps.get_model("access", "AuditHead")
    names = [
        field.attname
        for field in AuditEntry._meta.fields
        if field.name not in ("id", "hash")
    ]
    heads = {}
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        organisation = entry.organisation_id or audit_nobody()
        head = heads.setdefault(organisation, [0, chain.BEGIN])
        entry.sequence = head[0] = head[0] + 1
        entry.hash = head[1] = chain.link(
            head[1], {name: getattr(entry, name) for name in names}
        )
        entry.save(update_fields=["sequence", "hash"])
    AuditHead.objects.bulk_create(
        AuditHead(organisation_id=key, sequence=number, hash=last)
        for key, (number, last) in heads.items()
    )


def audit_nobody():
    return UUID(int=0)


# Whom a record of before is about, by the kind that the change log names.
OF_EPISODE = "SELECT e.applicant_id FROM people_episode e WHERE e.id = {}"
WHOSE = {
    "people.applicant": "access_change.record_key",
    "people.episode": OF_EPISODE.format("access_change.record_key"),
    **{
        f"{room}.{name}": OF_EPISODE.format(
            f"(SELECT r.episode_id FROM {room}_{name} r"
            " WHERE r.id = access_change.record_key)"
        )
        for room, name in (
            ("people", "caseloadspell"),
            ("people", "treatmentspell"),
            ("people", "refusal"),
            ("people", "note"),
            ("work", "contact"),
            ("work", "employercontact"),
            ("work", "job"),
        )
    },
    **{
        f"work.{name}": OF_EPISODE.format(
            "(SELECT j.episode_id FROM work_job j JOIN work_"
            f"{name} r ON r.job_id = j.id WHERE r.id = access_change.record_key)"
        )
        for name in ("jobterms", "paidwork", "absence")
    },
}


def say_whom_changes_are_about(apps, editor):
    """So that the change log of an erased person can go, what was logged before too."""
    there = set(editor.connection.introspection.table_names())
    for kind, whose in WHOSE.items():
        room, name = kind.split(".")
        if {f"{room}_{name}", "people_episode", "work_job"} <= there:
            editor.execute(
                f"UPDATE access_change SET applicant_key = ({whose}) "
                f"WHERE record_kind = '{kind}'"
            )


def refuse_all(apps, editor):
    vendor = editor.connection.vendor
    if vendor not in ("sqlite", "postgresql"):
        return
    for table in FOR_GOOD:
        for verb in ("UPDATE", "DELETE"):
            editor.execute(_trigger(vendor, table, verb, ""))
    for table, key in ERASABLE.items():
        erased = f"SELECT 1 FROM access_erasedsubject e WHERE e.applicant_id = OLD.{key}"
        editor.execute(_trigger(vendor, table, "UPDATE", ""))
        editor.execute(_trigger(vendor, table, "DELETE", erased))


def _trigger(vendor, table, verb, unless):
    name = f"{table}_no_{verb.lower()}"
    if vendor == "sqlite":
        condition = f"WHEN NOT EXISTS ({unless}) " if unless else ""
        return (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {condition}"
            "BEGIN SELECT RAISE(ABORT, 'append only'); END"
        )
    function = f"{name}_unless_erased" if unless else "braid_append_only"
    created = ""
    if unless:
        created = (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger AS $$ "
            f"BEGIN IF NOT EXISTS ({unless}) THEN RAISE EXCEPTION 'append only'; END IF; "
            "RETURN OLD; END $$ LANGUAGE plpgsql; "
        )
    return (
        f"{created}CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def allow_all(apps, editor):
    for table in (*FOR_GOOD, *ERASABLE):
        for verb in ("update", "delete"):
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_append_only'),
    ]

    operations = [
        migrations.RunPython(growing.allow, growing.refuse),
        migrations.AddField(
            model_name='membership',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ended at'),
        ),
        migrations.CreateModel(
            name='ApplicantAccount',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='applicant_account', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('applicant_id', models.UUIDField(unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='ApplicantInvitation',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('applicant_id', models.UUIDField(db_index=True)),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invited_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(null=True)),
                ('misses', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['-invited_at'],
            },
        ),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('organisation_id', models.UUIDField(primary_key=True, serialize=False)),
                ('sequence', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='AuditRoot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_id', models.UUIDField()),
                ('sequence', models.PositiveBigIntegerField()),
                ('hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('key_id', models.CharField(max_length=20)),
                ('signature', models.TextField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['organisation_id', 'sequence'], name='access_audi_organis_301232_idx')],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('applicant_id', models.UUIDField(db_index=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('name_hash', models.CharField(blank=True, max_length=64)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lifted_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['set_at'],
                'indexes': [models.Index(fields=['user', 'lifted_at'], name='access_bloc_user_id_eea3f8_idx'), models.Index(fields=['name_hash', 'lifted_at'], name='access_bloc_name_ha_3c4297_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('user__isnull', False), models.Q(('name_hash', ''), _negated=True), _connector='OR'), name='block_names_somebody')],
            },
        ),
        migrations.CreateModel(
            name='BrokenGlass',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('applicant_id', models.UUIDField(db_index=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('reason', models.CharField(choices=[('life_or_health', 'danger to life or health'), ('danger_to_others', 'danger to somebody else'), ('crisis_contact', 'the person asked for help in a crisis'), ('workplace', 'acute situation at work'), ('other', 'something else')], max_length=20, verbose_name='reason')),
                ('words', models.TextField(verbose_name='what happened')),
                ('opened_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(null=True)),
                ('not_told_because', models.TextField(blank=True)),
                ('review_due_at', models.DateTimeField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('reviewed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verdict', models.CharField(blank=True, choices=[('justified', 'justified'), ('not_justified', 'not justified')], max_length=14)),
                ('review_words', models.TextField(blank=True, verbose_name='conclusion')),
            ],
            options={
                'ordering': ['-opened_at'],
                'indexes': [models.Index(fields=['user', 'expires_at'], name='access_brok_user_id_9f0bfc_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('opened_at'))), name='glass_closes_later'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('user')), _negated=True), _connector='OR'), name='glass_reviewed_by_another')],
            },
        ),
        migrations.CreateModel(
            name='ConsentEntry',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('number', models.PositiveIntegerField()),
                ('applicant_id', models.UUIDField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('kind', models.CharField(choices=[('given', 'given'), ('extended', 'extended'), ('narrowed', 'narrowed'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('purpose', models.CharField(choices=[('ips_support', 'support to find and keep a job'), ('treatment', 'treatment'), ('job_search_support', 'help from the job centre to find work'), ('benefit_decision', 'a decision about a benefit'), ('benefit_control', 'control of a benefit'), ('benefits_counselling', 'advice about money and benefits'), ('fidelity_review', 'review of the service'), ('funding', 'payment of the service'), ('evaluation', 'study of the service'), ('administration', 'running the organisation'), ('own_affairs', 'own affairs')], max_length=24, verbose_name='purpose')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('information', models.JSONField(default=list)),
                ('first_day', models.DateField(verbose_name='from')),
                ('last_day', models.DateField(verbose_name='until')),
                ('text_id', models.CharField(blank=True, max_length=60)),
                ('text_version', models.CharField(blank=True, max_length=20)),
                ('text_language', models.CharField(blank=True, max_length=10)),
                ('way', models.CharField(choices=[('spoken', 'in a conversation'), ('paper', 'on paper'), ('own_account', 'in the own account')], max_length=12, verbose_name='how it was given')),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who asked')),
                ('witness', models.CharField(blank=True, max_length=150, verbose_name='witness')),
                ('signature', models.UUIDField(null=True)),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['applicant_id', 'number'], name='access_cons_applica_8e8494_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'number'), name='consent_entry_order'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='consent_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ErasedSubject',
            fields=[
                ('applicant_id', models.UUIDField(primary_key=True, serialize=False)),
                ('organisation_id', models.UUIDField()),
                ('erased_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=20)),
            ],
            options={
                'ordering': ['erased_at'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.organisation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('applicant_id', models.UUIDField(null=True)),
                ('day', models.DateField(verbose_name='day')),
                ('rules', models.JSONField(default=list)),
                ('accesses', models.PositiveIntegerField(verbose_name='accesses')),
                ('found_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'open'), ('asked', 'reason asked for'), ('answered', 'reason given'), ('closed', 'closed')], default='open', max_length=10)),
                ('asked_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='reason')),
                ('answered_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closing_words', models.TextField(blank=True, verbose_name='conclusion')),
            ],
            options={
                'ordering': ['-day'],
                'indexes': [models.Index(fields=['organisation', 'state'], name='access_find_organis_8d002e_idx')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user', 'applicant_id', 'day'), name='finding_once_a_day'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), ('closed_by__isnull', False), _connector='OR'), name='finding_closed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('applicant_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('glass_broken', 'emergency access'), ('block_set_aside', 'a block was set aside'), ('consent_asked', 'somebody asks for your consent'), ('consent_ends', 'a consent ends soon'), ('request_answered', 'your request was answered'), ('disclosed', 'something was passed on by law')], max_length=20)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.organisation')),
                ('at', models.DateTimeField()),
                ('record_key', models.UUIDField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['applicant_id', 'seen_at'], name='access_noti_applica_79b8ad_idx')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('applicant_id', models.UUIDField(db_index=True)),
                ('reason', models.TextField(verbose_name='reason')),
                ('set_at', models.DateTimeField()),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('lifted_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['set_at'],
            },
        ),
        migrations.CreateModel(
            name='ReviewSignOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.organisation')),
                ('week', models.DateField(verbose_name='Monday of the week')),
                ('signed_at', models.DateTimeField()),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('found', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['-week'],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'week'), name='week_signed_off_once')],
            },
        ),
        migrations.CreateModel(
            name='Sharing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('applicant_id', models.UUIDField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='access.organisation')),
                ('purpose', models.CharField(choices=[('ips_support', 'support to find and keep a job'), ('treatment', 'treatment'), ('job_search_support', 'help from the job centre to find work'), ('benefit_decision', 'a decision about a benefit'), ('benefit_control', 'control of a benefit'), ('benefits_counselling', 'advice about money and benefits'), ('fidelity_review', 'review of the service'), ('funding', 'payment of the service'), ('evaluation', 'study of the service'), ('administration', 'running the organisation'), ('own_affairs', 'own affairs')], max_length=24)),
                ('information', models.CharField(max_length=20)),
                ('first_day', models.DateField()),
                ('last_day', models.DateField()),
                ('number', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['organisation', 'purpose', 'information', 'applicant_id'], name='access_shar_organis_44caef_idx'), models.Index(fields=['applicant_id'], name='access_shar_applica_11b857_idx')],
            },
        ),
        migrations.CreateModel(
            name='SignInProvider',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_in_providers', to='access.organisation')),
                ('slug', models.SlugField(max_length=40, unique=True, verbose_name='short name')),
                ('name', models.CharField(max_length=80, verbose_name='name on the button')),
                ('issuer', models.URLField(max_length=300, verbose_name='issuer')),
                ('client_id', models.CharField(max_length=200, verbose_name='client id')),
                ('client_secret_encrypted', models.TextField(blank=True)),
                ('scopes', models.JSONField(default=list)),
                ('claims', models.JSONField(default=dict)),
                ('assurances', models.JSONField(default=list)),
                ('replaces_passwords', models.BooleanField(default=False, verbose_name='members of this organisation sign in here only')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.organisation')),
                ('applicant_id', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('copy', 'a copy of my data'), ('correction', 'something is wrong'), ('erasure', 'erase my data'), ('restriction', 'keep my data, but do not use them')], max_length=12, verbose_name='what is asked')),
                ('words', models.TextField(blank=True, verbose_name='in own words')),
                ('made_at', models.DateTimeField()),
                ('due_on', models.DateField(verbose_name='answer due')),
                ('state', models.CharField(choices=[('received', 'received'), ('under_way', 'under way'), ('done', 'done'), ('refused', 'refused')], default='received', max_length=10)),
            ],
            options={
                'ordering': ['due_on'],
                'indexes': [models.Index(fields=['organisation', 'state'], name='access_subj_organis_eaa394_idx')],
            },
        ),
        migrations.CreateModel(
            name='BlockSetAside',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='set_aside', to='access.block')),
                ('reason', models.CharField(choices=[('life_or_health', 'danger to life or health'), ('danger_to_others', 'danger to somebody else'), ('crisis_contact', 'the person asked for help in a crisis'), ('workplace', 'acute situation at work'), ('other', 'something else')], max_length=20)),
                ('words', models.TextField(verbose_name='what happened')),
                ('first_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_role', models.CharField(max_length=20)),
                ('first_at', models.DateTimeField()),
                ('second_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('second_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['first_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('second_by__isnull', True), models.Q(('second_by', models.F('first_by')), _negated=True), _connector='OR'), name='set_aside_by_two')],
            },
        ),
        migrations.CreateModel(
            name='RequestEntry',
            fields=[
                ('id', models.UUIDField(default=braid.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='access.subjectrequest')),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('received', 'received'), ('under_way', 'under way'), ('done', 'done'), ('refused', 'refused')], max_length=10)),
                ('words', models.TextField(blank=True, verbose_name='answer')),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('request', 'number'), name='request_entry_order')],
            },
        ),
        migrations.AddField(
            model_name='auditentry',
            name='consent_number',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='device',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='glass_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='hash',
            field=models.CharField(default='', max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='auditentry',
            name='holder_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='outcome',
            field=models.CharField(default='done', max_length=12),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='purpose',
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='request_id',
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='sequence',
            field=models.PositiveBigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='change',
            name='applicant_key',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='at',
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name='auditentry',
            index=models.Index(fields=['actor_id', 'at'], name='access_audi_actor_i_23a9f5_idx'),
        ),
        migrations.RunPython(chain_what_is_there, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(fields=('organisation_id', 'sequence'), name='audit_no_fork'),
        ),
        migrations.RunPython(
            say_whom_changes_are_about, migrations.RunPython.noop
        ),
        migrations.RunPython(refuse_all, allow_all),
    ]
