from django.db import migrations

IMMUTABLE = """
CREATE FUNCTION value_version_is_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a published version of a value model never changes (version %)', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER value_version_is_published BEFORE UPDATE OR DELETE ON value_modelversion
    FOR EACH ROW EXECUTE FUNCTION value_version_is_published();
"""
NOT_IMMUTABLE = """
DROP TRIGGER value_version_is_published ON value_modelversion;
DROP FUNCTION value_version_is_published();
"""
# A removed customer takes the scores along, whoever removes it and however.
WITH_CUSTOMER = """
ALTER TABLE {table} ADD CONSTRAINT {table}_customer
    FOREIGN KEY (customer_id) REFERENCES customers_customer (id) ON DELETE CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("value", "0001_initial"), ("customers", "0001_initial")]

    operations = [
        migrations.RunSQL(IMMUTABLE, NOT_IMMUTABLE),
        *(
            migrations.RunSQL(
                WITH_CUSTOMER.format(table=table), f"ALTER TABLE {table} DROP CONSTRAINT {table}_customer;"
            )
            for table in ("value_customerscore", "value_scorehistory")
        ),
    ]
