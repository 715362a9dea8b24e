# How well records are kept

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


READY = (
    ("phone", "", 5),
    ("owner", "", 4),
    ("address", "", 3),
    ("class.region", "", 2),
    ("email", "", 2),
    ("contact", "organisation", 5),
    ("credit_code", "organisation", 4),
    ("class.industry", "organisation", 3),
)


def seed(apps, schema_editor):
    important = apps.get_model("quality", "Important")
    important.objects.bulk_create(important(code=code, kind=kind, weight=weight) for code, kind, weight in READY)


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0017_quality'),
        ('quality', '0001_duplicates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='History',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField()),
                ('owner_id', models.BigIntegerField(null=True)),
                ('department_id', models.BigIntegerField(null=True)),
                ('customers', models.IntegerField()),
                ('score', models.FloatField()),
                ('completeness', models.FloatField()),
                ('validity', models.FloatField()),
                ('freshness', models.FloatField()),
                ('duplicates', models.FloatField()),
                ('bands', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
                ('missing', models.JSONField(default=dict)),
                ('faults', models.JSONField(default=dict)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('week', 'owner_id', 'department_id'), name='quality_week', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Important',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('kind', models.CharField(blank=True, default='', max_length=12)),
                ('grades', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), default=list, size=None)),
                ('weight', models.SmallIntegerField(default=1)),
            ],
            options={
                'ordering': ['-weight', 'code', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('code', 'kind'), name='important_once'), models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 10)), name='important_weight')],
            },
        ),
        migrations.CreateModel(
            name='Policy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('completeness', models.SmallIntegerField(default=50)),
                ('validity', models.SmallIntegerField(default=20)),
                ('freshness', models.SmallIntegerField(default=20)),
                ('duplicates', models.SmallIntegerField(default=10)),
                ('fresh_days', models.SmallIntegerField(default=180)),
                ('stale_days', models.SmallIntegerField(default=730)),
                ('nonsense', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('completeness', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.Value(100), '-', models.F('validity')), '-', models.F('freshness')), '-', models.F('duplicates'))), ('completeness__gte', 0), ('duplicates__gte', 0), ('freshness__gte', 0), ('validity__gte', 0)), name='policy_hundred'), models.CheckConstraint(condition=models.Q(('fresh_days__gte', 0), ('stale_days__gt', models.F('fresh_days'))), name='policy_days')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='customers.customer')),
                ('score', models.SmallIntegerField()),
                ('completeness', models.FloatField()),
                ('validity', models.FloatField()),
                ('freshness', models.FloatField()),
                ('duplicates', models.FloatField()),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('faults', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('owner_id', models.BigIntegerField(null=True)),
                ('department_id', models.BigIntegerField(null=True)),
                ('grade', models.CharField(max_length=9)),
                ('fresh_on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id', 'score'], name='quality_owner')],
            },
        ),
        migrations.CreateModel(
            name='Verified',
            fields=[
                ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='customers.customer')),
                ('on', models.DateField()),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
