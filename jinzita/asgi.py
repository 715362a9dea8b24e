"""The ASGI application served by `jinzita serve`."""

import os
import warnings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinzita.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

from jinzita.kernel.body_limit import with_body_limit

# An upload travels with a little around it.
application = with_body_limit(get_asgi_application(), settings.MAX_UPLOAD_BYTES + (1 << 20))

# Files of the browser application are handed out by plain iterators and read whole: they are small.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
