"""Settings, from the environment alone. Without any, this is the demo on one machine.

TRAGNETZ_PRODUCTION=1 asks for what real use needs and refuses the demo; docs/operations.md lists all variables.
"""

import os
from pathlib import Path

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from tragnetz.config.database import embedded_url, parse_url

# One thread for a product of matrices: a search is a small one, and threads that wait for each other cost ten times it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Lets fields be written with their types (`JSONField[Any, Any]`) at run time too.
django_stubs_ext.monkeypatch()


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"TRAGNETZ_{name}", default)


def _required(name: str, why: str) -> str:
    value = _env(name)
    if not value:
        message = f"TRAGNETZ_{name} is missing: {why}"
        raise ImproperlyConfigured(message)
    return value


def single_sign_on(oidc: dict[str, str]) -> dict[str, object]:
    """Return allauth's setting for an organisation's log-in; none without an issuer."""
    if not oidc["issuer"]:
        return {}
    app = {
        "provider_id": "organisation",
        "name": oidc["name"],
        "client_id": oidc["client_id"],
        "secret": oidc["secret"],
        "settings": {"server_url": oidc["issuer"].rstrip("/")},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
VAR = Path(_env("VAR", str(ROOT / "var")))
# The handbook that staff read as help: in a checkout where it is written, in a wheel beside the program.
TRAGNETZ_HANDBOOK = ROOT / "docs" / "handbook" if (ROOT / "docs").is_dir() else PACKAGE / "docs" / "handbook"
PRODUCTION = _env("PRODUCTION") == "1"
DEBUG = False

if PRODUCTION:
    SECRET_KEY = _required("SECRET_KEY", "a long random text, kept secret, for signatures.")
    TRAGNETZ_VAULT_KEYS = _required("VAULT_KEYS", "make one with `tragnetz key`; it encrypts what people told us.")
    ALLOWED_HOSTS = _required("HOSTS", "the host names of the site, separated by commas.").split(",")
else:
    SECRET_KEY = "demo-only-not-secret-demo-only-not-secret-demo-only"  # noqa: S105 -- refused in production
    TRAGNETZ_VAULT_KEYS = "ZGVtby1vbmx5LW5vdC1zZWNyZXQtZGVtby1vbmx5IT0="  # as above
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver", "[::1]"]

# Private keys that sign the heads of the audit trail, newest first; without any, one is derived from the vault's keys.
TRAGNETZ_AUDIT_KEYS = _env("AUDIT_KEYS")

DATABASE_URL = os.environ.get("DATABASE_URL", "")
if not DATABASE_URL:
    DATABASE_URL = embedded_url(VAR / "postgres", _env("DATABASE", "tragnetz"))
DATABASES = {"default": parse_url(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TRAGNETZ_VAR = VAR
# Memory that one guess at a password of the vault costs (docs/threat-model.md); pairs remember theirs.
TRAGNETZ_KEY_MEMORY_KIB = int(_env("KEY_MEMORY_KIB", str(128 * 1024)))
# So many months after the end of a case the person's own page still opens (docs/own-page.md).
TRAGNETZ_OWN_PAGE_MONTHS = int(_env("OWN_PAGE_MONTHS", "6"))
TRAGNETZ_NETWORK = _env("NETWORK")  # key of the city served here; empty: the only one

INSTALLED_APPS = [
    "tragnetz.config",
    "tragnetz.core",
    "tragnetz.portal",
    "tragnetz.workspace",
    "tragnetz.privacy",
    "tragnetz.referrals",
    "tragnetz.reporting",
    "tragnetz.casework",
    "tragnetz.screening",
    "tragnetz.staff",
    "tragnetz.appointments",
    "tragnetz.consent",
    "tragnetz.clients",
    "tragnetz.directory",
    "tragnetz.messaging",
    "tragnetz.audit",
    "tragnetz.vault",
    "tragnetz.network",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
]

if not PRODUCTION:
    INSTALLED_APPS.append("tragnetz.demo")  # the templates and styles of its tour: a production has neither

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tragnetz.config.middleware.HeadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tragnetz.config.middleware.TragnetzLocaleMiddleware",
    "tragnetz.config.middleware.RequestSizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tragnetz.network.middleware.NetworkMiddleware",
    "tragnetz.vault.sessions.VaultMiddleware",
    "tragnetz.config.accounts.middleware.SignInMiddleware",
]

ROOT_URLCONF = "tragnetz.config.urls"
WSGI_APPLICATION = "tragnetz.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "components" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tragnetz.config.context.site",
                *([] if PRODUCTION else ["tragnetz.demo.tour.context.tour"]),
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "network.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "portal:start"
ACCOUNT_ADAPTER = "tragnetz.config.accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by invitation, never by sign-up
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = False  # allauth counts in a cache; ours count in the database (staff.throttle)
ACCOUNT_FORMS = {
    "login": "tragnetz.config.accounts.forms.LoginForm",
    "change_password": "tragnetz.config.accounts.forms.ChangePasswordForm",
    "set_password": "tragnetz.config.accounts.forms.SetPasswordForm",
    "reset_password": "tragnetz.config.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "tragnetz.config.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "tragnetz.config.accounts.forms.ReauthenticateForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _env("BEHIND_PROXY") == "1" else 0
# `required`: whoever has no second factor is sent to set one up first. The demo leaves it to each.
TRAGNETZ_SECOND_FACTOR = _env("SECOND_FACTOR", "required" if PRODUCTION else "optional")
MFA_ADAPTER = "tragnetz.config.accounts.factors.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost, for the demo and tests
MFA_FORMS = {
    "authenticate": "tragnetz.config.accounts.forms.AuthenticateForm",
    "reauthenticate": "tragnetz.config.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "tragnetz.config.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "tragnetz.config.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "tragnetz.config.accounts.forms.EditWebAuthnForm",
}
# An organisation's own log-in (OpenID Connect); without an issuer there is none.
TRAGNETZ_OIDC = {
    "issuer": _env("OIDC_ISSUER"),
    "client_id": _env("OIDC_CLIENT_ID"),
    "secret": _env("OIDC_CLIENT_SECRET"),
    "name": _env("OIDC_NAME", "Organisation"),
}
SOCIALACCOUNT_ADAPTER = "tragnetz.config.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host would need a wider policy for all pages
SOCIALACCOUNT_PROVIDERS = single_sign_on(TRAGNETZ_OIDC)
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a name
PASSWORD_HASHERS = ["tragnetz.staff.hashing.PatientArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

SESSION_ENGINE = "tragnetz.staff.sessions"
SESSION_COOKIE_AGE = int(_env("SESSION_HOURS", "12")) * 3600  # from signing in, however busy
TRAGNETZ_IDLE_MINUTES = int(_env("IDLE_MINUTES", "30"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tragnetz.config.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _env("BEHIND_PROXY") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# Files (docs/files.md): what somebody shows us stays in memory, never on the disk; what is larger is dropped.
TRAGNETZ_UPLOAD_MOST = int(_env("UPLOAD_MEGABYTES", "10")) * 1_000_000
TRAGNETZ_UPLOAD_AT_ONCE = 5
TRAGNETZ_REQUEST_MOST = (TRAGNETZ_UPLOAD_AT_ONCE + 1) * TRAGNETZ_UPLOAD_MOST
FILE_UPLOAD_HANDLERS = ["tragnetz.core.uploads.BoundedMemoryHandler"]
# Where clamd listens: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`; without it nothing is searched for viruses.
TRAGNETZ_SCANNER = _env("SCANNER")
TRAGNETZ_SCANNER_SECONDS = float(_env("SCANNER_SECONDS", "20"))
# While the scanner is away: `refuse` a file, or `keep` it unread until it was searched.
TRAGNETZ_SCANNER_AWAY = _env("SCANNER_AWAY", "refuse")

# `de-simple` is BCP 47's variant for simplified language: Einfache Sprache.
LANGUAGE_CODE = "de"
LANGUAGES = [
    ("de", "Deutsch"),
    ("de-simple", "Einfache Sprache"),
    ("en", "English"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("ro", "Română"),
    ("bg", "Български"),
    ("pl", "Polski"),
]
LANGUAGES_BIDI = ["ar"]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [PACKAGE / "components" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": most},
    }
    for name, most in (("default", 5_000), ("template_fragments", 10_000))
}
# How messages leave: console, file, smtp (e-mail) or http (SMS) a channel; `file` writes to var/outbox for a gateway to
# collect. docs/messages.md has examples.
TRAGNETZ_MESSAGE_BACKENDS = {
    "sms": _env("SMS_BACKEND", "http" if _env("SMS_URL") else "file" if PRODUCTION else "console"),
    "email": _env("EMAIL_BACKEND", "smtp" if PRODUCTION else "console"),
}
TRAGNETZ_SMS = {
    "url": _env("SMS_URL"),
    "method": _env("SMS_METHOD", "POST"),
    "headers": _env("SMS_HEADERS", '{"Content-Type": "application/json"}'),
    "body": _env("SMS_BODY", '{"to": "{to}", "text": "{text}", "id": "{id}"}'),
    "success": _env("SMS_SUCCESS", "200-299"),
    "timeout": _env("SMS_TIMEOUT", "10"),
    "idempotent": _env("SMS_IDEMPOTENT"),
}
TRAGNETZ_SMTP = {
    "host": _env("SMTP_HOST", "localhost"),
    "port": int(_env("SMTP_PORT", "25")),
    "username": _env("SMTP_USER"),
    "password": _env("SMTP_PASSWORD"),
    "use_tls": _env("SMTP_TLS") == "1",
}
MAILERS = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": TRAGNETZ_SMTP}
    if PRODUCTION
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
# The address of this site, `https://…`, for links in mail that no request causes; without it such mail is not sent.
TRAGNETZ_PUBLIC_URL = _env("PUBLIC_URL").rstrip("/")
TRAGNETZ_SECURITY_CONTACT = _env("SECURITY_CONTACT")  # mailto:… or https://…, for /.well-known/security.txt
DEFAULT_FROM_EMAIL = _env("MAIL_FROM", "beratung@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # What a visitor did wrong (404, 409, 422) is answered on the page and is no fault of ours.
    "loggers": {"django.request": {"level": "ERROR"}},
}
