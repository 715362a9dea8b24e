"""The ASGI application served by `jinzita serve`."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinzita.settings")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
