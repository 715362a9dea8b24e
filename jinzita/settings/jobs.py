"""Background work: procrastinate on the same PostgreSQL."""

PROCRASTINATE_ON_APP_READY = "jinzita.wiring.register"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
