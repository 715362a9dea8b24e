import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("customers", "0003_attribute_code")]

    operations = [
        migrations.RemoveIndex(model_name="customer", name="customer_name"),
        migrations.RemoveField(model_name="customer", name="first_sale_on"),
        migrations.AddField(
            model_name="searchkey",
            name="sort",
            field=models.CharField(db_collation="C", default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="searchkey",
            name="customer",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_key",
                serialize=False, to="customers.customer",
            ),
        ),
        migrations.AddIndex(
            model_name="searchkey", index=models.Index(fields=["sort", "customer"], name="search_sort")
        ),
    ]
