from django.db import migrations

# A merge that is taken back puts warnings where they lie now, each in the ownership it belongs to.
SET_ASIDE = """
UPDATE customers_mergepart p SET "table" = 'assignment_poolwarning', rows = (
  SELECT jsonb_agg(r || jsonb_build_object('ownership_id', o.id)) FROM jsonb_array_elements(p.rows) r
  LEFT JOIN customers_ownership o ON o.customer_id = (r ->> 'customer_id')::bigint AND o.until IS NULL)
WHERE "table" = 'customers_poolwarning'"""
BACK = """
UPDATE customers_mergepart SET "table" = 'customers_poolwarning' WHERE "table" = 'assignment_poolwarning'"""


class Migration(migrations.Migration):
    """The pool's rules and the hand-overs belong to `assignment` now, which takes the tables over as they are."""

    dependencies = [("customers", "0031_privacy_moves_out")]

    operations = [
        migrations.RunSQL(SET_ASIDE, BACK),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel("HandOverPart"),
                migrations.DeleteModel("HandOver"),
                migrations.DeleteModel("PoolLimits"),
                migrations.DeleteModel("PoolRule"),
                migrations.DeleteModel("PoolWarning"),
            ]
        ),
    ]
