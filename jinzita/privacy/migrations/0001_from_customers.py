import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

MODELS = (
    "RetentionRule",
    "ConsentPurpose",
    "ContactHours",
    "ErasureWork",
    "Overdue",
    "Postponement",
    "Consent",
    "ContactPreference",
)


class Migration(migrations.Migration):
    """The tables lie there already, as `customers` made them: they get the names of their new owner.

    Indexes, constraints and sequences keep the names they were made with; nobody calls them by name.
    """

    initial = True
    dependencies = [
        ("customers", "0031_privacy_moves_out"),
        ("kernel", "0008_packed_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='RetentionRule',
                    fields=[
                        ('kind', models.CharField(max_length=12, primary_key=True, serialize=False)),
                        ('years', models.PositiveSmallIntegerField(null=True)),
                    ],
                    options={'db_table': 'customers_retentionrule'},
                ),
                migrations.CreateModel(
                    name='ConsentPurpose',
                    fields=[
                        ('code', models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ('rule', models.CharField(choices=[('consent', 'Consent'), ('refusal', 'Refusal')], max_length=7)),
                        ('legal_basis', models.CharField(blank=True, default='', max_length=1000)),
                        ('position', models.SmallIntegerField(default=0)),
                    ],
                    options={
                        'db_table': 'customers_consentpurpose',
                        'ordering': ['position', 'code'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('rule__in', ['consent', 'refusal'])), name='consent_purpose_rule')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactHours',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quiet_from', models.TimeField(null=True)),
                        ('quiet_until', models.TimeField(null=True)),
                        ('ways', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), default=list, size=None)),
                    ],
                    options={
                        'db_table': 'customers_contacthours',
                        'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='contact_hours_one')],
                    },
                ),
                migrations.CreateModel(
                    name='ErasureWork',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=400)),
                        ('ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                        ('done', models.IntegerField(default=0)),
                        ('erased', models.IntegerField(default=0)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.job')),
                    ],
                    options={'db_table': 'customers_erasurework'},
                ),
                migrations.CreateModel(
                    name='Overdue',
                    fields=[
                        ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='customers.customer')),
                        ('last_on', models.DateField()),
                    ],
                    options={
                        'db_table': 'customers_overdue',
                        'indexes': [models.Index(fields=['last_on', 'customer'], name='overdue_last')],
                    },
                ),
                migrations.CreateModel(
                    name='Postponement',
                    fields=[
                        ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='customers.customer')),
                        ('until', models.DateField()),
                        ('reason', models.CharField(max_length=400)),
                        ('by_name', models.CharField(max_length=200)),
                        ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={'db_table': 'customers_postponement'},
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.CharField(max_length=50)),
                        ('source_key', models.CharField(max_length=120)),
                        ('created_at', models.DateTimeField(auto_now_add=True, db_default=django.db.models.functions.datetime.Now())),
                        ('updated_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now())),
                        ('channel', models.CharField(max_length=6)),
                        ('purpose', models.CharField(max_length=20)),
                        ('state', models.CharField(choices=[('given', 'Given'), ('denied', 'Denied'), ('withdrawn', 'Withdrawn'), ('unknown', 'Unknown')], max_length=9)),
                        ('origin', models.CharField(choices=[('form', 'Form'), ('phone', 'Phone'), ('conversation', 'Conversation'), ('letter', 'Letter'), ('email', 'Email'), ('contract', 'Contract'), ('portal', 'Portal'), ('import', 'Import'), ('other', 'Other')], db_default='other', default='other', max_length=12)),
                        ('at', models.DateTimeField()),
                        ('until', models.DateField(null=True)),
                        ('proof', models.CharField(blank=True, db_default='', default='', max_length=1000)),
                        ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('contact', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.contact')),
                        ('customer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                    ],
                    options={
                        'db_table': 'customers_consent',
                        'indexes': [models.Index(fields=['customer', 'channel', 'purpose', '-at', '-id'], name='consent_customer'), models.Index(condition=models.Q(('contact__isnull', False)), fields=['contact', 'channel', 'purpose', '-at', '-id'], name='consent_contact'), models.Index(fields=['channel', 'purpose', 'state'], name='consent_cell'), models.Index(fields=['customer', '-at', '-id'], name='consent_customer_at')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'source_key'), name='consent_source'), models.CheckConstraint(condition=models.Q(('channel__in', ['call', 'sms', 'email', 'wechat', 'post', 'visit', 'all'])), name='consent_channel'), models.CheckConstraint(condition=models.Q(('state__in', ['given', 'denied', 'withdrawn', 'unknown'])), name='consent_state'), models.CheckConstraint(condition=models.Q(('origin__in', ['form', 'phone', 'conversation', 'letter', 'email', 'contract', 'portal', 'import', 'other'])), name='consent_origin')],
                    },
                ),
                migrations.CreateModel(
                    name='ContactPreference',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quiet_from', models.TimeField(null=True)),
                        ('quiet_until', models.TimeField(null=True)),
                        ('time_zone', models.CharField(blank=True, db_default='', default='', max_length=60)),
                        ('channel', models.CharField(blank=True, db_default='', default='', max_length=6)),
                        ('language', models.CharField(blank=True, db_default='', default='', max_length=10)),
                        ('contact', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.contact')),
                        ('customer', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='customers.customer')),
                    ],
                    options={
                        'db_table': 'customers_contactpreference',
                        'constraints': [models.CheckConstraint(condition=models.Q(('customer__isnull', True), ('contact__isnull', True), _connector='XOR'), name='contact_preference_owner'), models.UniqueConstraint(condition=models.Q(('customer__isnull', False)), fields=('customer',), name='contact_preference_customer'), models.UniqueConstraint(condition=models.Q(('contact__isnull', False)), fields=('contact',), name='contact_preference_contact'), models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False)), _connector='OR'), name='contact_preference_hours')],
                    },
                ),
            ]
        ),
        *(migrations.AlterModelTable(name, None) for name in MODELS),
    ]
