"""Sign-in: allauth, headless, with sessions in the browser."""

from typing import Any

from jinzita.settings import environment

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "jinzita.people.accounts.ClosedAccountAdapter"
ACCOUNT_EMAIL_NOTIFICATIONS = False
# Passwords have a count of their own (people.services.signin); this one is for codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/5m/ip", "reset_password": "20/m/ip,3/5m/key"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = environment.read("JINZITA_COMPANY")
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": "/sign-in",
    "account_reset_password": "/sign-in",
    "account_reset_password_from_key": "/sign-in?key={key}",
    "account_signup": "/sign-in",
    "socialaccount_login_error": "/sign-in?refused=provider",
}
# The company's own sign-in, by OpenID Connect; several are given as lists of equal length.
SOCIALACCOUNT_ADAPTER = "jinzita.people.accounts.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": f"company{number or ''}",
                "name": name,
                "client_id": client,
                "secret": secret,
                "settings": {"server_url": server},
            }
            for number, (name, server, client, secret) in enumerate(
                zip(
                    environment.read_list("JINZITA_OIDC_NAME"),
                    environment.read_list("JINZITA_OIDC_SERVER"),
                    environment.read_list("JINZITA_OIDC_CLIENT_ID"),
                    environment.read_list("JINZITA_OIDC_CLIENT_SECRET"),
                    strict=True,
                )
            )
        ],
    }
}
OIDC_ROLE = environment.read("JINZITA_OIDC_ROLE")
# The rate limits of sign-in are counted in the database, so that every process counts together.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"},
}
