"""Settings, from the environment alone. Without any, this is the demo on one machine.

`variables` is the table of all of them, with what each may be; TRAGNETZ_PRODUCTION=1 asks for what real use needs and
refuses the demo.
"""

import os

import django_stubs_ext
from django.utils.csp import CSP

from tragnetz.config.database import as_reader, configure, embedded_url, make_reader, parse_url
from tragnetz.config.places import PACKAGE, handbook_folder, law_folder, static_folder, var_folder
from tragnetz.config.variables import DEMO_SECRET, DEMO_VAULT_KEY, given_or_end

# One thread for a product of matrices: a search is a small one, and threads that wait for each other cost ten times it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Lets fields be written with their types (`JSONField[Any, Any]`) at run time too.
django_stubs_ext.monkeypatch()


GIVEN = given_or_end()


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


VAR = GIVEN.folder("VAR", var_folder())
# The handbook that staff read as help: in a checkout where it is written, in a wheel beside the program.
TRAGNETZ_HANDBOOK = handbook_folder()
PRODUCTION = GIVEN.flag("PRODUCTION")
DEBUG = False

SECRET_KEY = GIVEN.text("SECRET_KEY") if PRODUCTION else DEMO_SECRET
TRAGNETZ_VAULT_KEYS = GIVEN.text("VAULT_KEYS") if PRODUCTION else DEMO_VAULT_KEY
ALLOWED_HOSTS = GIVEN.words("HOSTS") if PRODUCTION else ["127.0.0.1", "localhost", "testserver", "[::1]"]

# Private keys that sign the heads of the audit trail, newest first; without any, one is derived from the vault's keys.
TRAGNETZ_AUDIT_KEYS = GIVEN.text("AUDIT_KEYS")

# The application's role owns no table and is kept to one network at a time; the owner's log-in is for `migrate`,
# back-up and restore, and no web process needs it (docs/operations.md).
DATABASE_URL, OWNER_URL = GIVEN.text("DATABASE_URL"), GIVEN.text("OWNER_URL")
TRAGNETZ_EMBEDDED = None if DATABASE_URL else VAR / "postgres"  # the folder of the server that we start ourselves
if TRAGNETZ_EMBEDDED:
    OWNER_URL = embedded_url(TRAGNETZ_EMBEDDED, GIVEN.text("DATABASE"))
    make_reader(OWNER_URL)
    configure(OWNER_URL)
    DATABASE_URL = as_reader(OWNER_URL)
DATABASES = {"default": parse_url(DATABASE_URL)}
TRAGNETZ_OWNER = parse_url(OWNER_URL) if OWNER_URL else {}
# Hot standbys that are asked what may lag behind (network.database.readers), and by how many seconds it may.
TRAGNETZ_READERS = [parse_url(url) for url in GIVEN.words("READER_URL")]
TRAGNETZ_READER_SECONDS = GIVEN.number("READER_SECONDS")
# So long may one query of a page take; then the visitor is asked to come again. 0: without end.
TRAGNETZ_QUERY_SECONDS = GIVEN.number("QUERY_SECONDS")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TRAGNETZ_VAR = VAR
TRAGNETZ_LAW = GIVEN.folder("LAW", law_folder())
# Memory that one guess at a password of the vault costs (docs/threat-model.md); pairs remember theirs.
TRAGNETZ_KEY_MEMORY_KIB = GIVEN.number("KEY_MEMORY_KIB")
# So many months after the end of a case the person's own page still opens (docs/own-page.md).
TRAGNETZ_OWN_PAGE_MONTHS = GIVEN.number("OWN_PAGE_MONTHS")
TRAGNETZ_NETWORK = GIVEN.text("NETWORK")  # key of the city served here; empty: the only one

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
    "tragnetz.config.operation.probes.ProbeMiddleware",
    "tragnetz.config.logs.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tragnetz.config.middleware.HeadersMiddleware",
    "tragnetz.network.middleware.ScopeMiddleware",
    "tragnetz.config.middleware.FrozenMiddleware",
    "tragnetz.config.securitylog.SecurityLogMiddleware",
    "tragnetz.config.middleware.DoorMiddleware",
    "tragnetz.config.middleware.OpenDataMiddleware",
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
    "tragnetz.config.middleware.FilesMiddleware",
    "tragnetz.config.limits.LimitMiddleware",
    "tragnetz.config.readers.ReaderMiddleware",
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
TRAGNETZ_BEHIND_PROXY = GIVEN.flag("BEHIND_PROXY")
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if TRAGNETZ_BEHIND_PROXY else 0
# `required`: whoever has no second factor is sent to set one up first. The demo leaves it to each.
TRAGNETZ_SECOND_FACTOR = GIVEN.text("SECOND_FACTOR", "required" if PRODUCTION else "optional")
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
TRAGNETZ_OIDC: dict[str, str] = {
    "issuer": GIVEN.text("OIDC_ISSUER"),
    "client_id": GIVEN.text("OIDC_CLIENT_ID"),
    "secret": GIVEN.text("OIDC_CLIENT_SECRET"),
    "name": GIVEN.text("OIDC_NAME"),
}
TRAGNETZ_OIDC_ORGANISATIONS = GIVEN.words("OIDC_ORGANISATIONS")  # whose people it vouches for
SOCIALACCOUNT_ADAPTER = "tragnetz.config.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads to another host would need a wider policy for all pages
SOCIALACCOUNT_PROVIDERS = single_sign_on(TRAGNETZ_OIDC)
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 -- a name
PASSWORD_HASHERS = ["tragnetz.staff.hashing.PatientArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "tragnetz.staff.passwords.CommonPiecesValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "tragnetz.staff.passwords.OwnWordsValidator"},
]

SESSION_ENGINE = "tragnetz.staff.sessions"
SESSION_COOKIE_AGE = GIVEN.number("SESSION_HOURS") * 3600  # from signing in, however busy
TRAGNETZ_IDLE_MINUTES = GIVEN.number("IDLE_MINUTES")
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tragnetz.config.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = PRODUCTION
if PRODUCTION:  # the other cookies: core/cookies.py
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
MESSAGE_STORAGE = "tragnetz.config.messages.MessageStorage"
# Machines are refused without encryption, never led on: their addresses hold secrets (DoorMiddleware).
SECURE_REDIRECT_EXEMPT = [r"^(api|hsds|kalender)/"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRAGNETZ_BEHIND_PROXY else None
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
TRAGNETZ_UPLOAD_MOST = GIVEN.number("UPLOAD_MEGABYTES") * 1_000_000
TRAGNETZ_UPLOAD_AT_ONCE = 5
TRAGNETZ_REQUEST_MOST = (TRAGNETZ_UPLOAD_AT_ONCE + 1) * TRAGNETZ_UPLOAD_MOST
FILE_UPLOAD_HANDLERS = ["tragnetz.core.uploads.BoundedMemoryHandler"]
# Where clamd listens: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`; without it nothing is searched for viruses.
TRAGNETZ_SCANNER = GIVEN.text("SCANNER")
TRAGNETZ_SCANNER_SECONDS = GIVEN.seconds("SCANNER_SECONDS")
# While the scanner is away: `refuse` a file, or `keep` it unread until it was searched.
TRAGNETZ_SCANNER_AWAY = GIVEN.text("SCANNER_AWAY")

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
FORMAT_MODULE_PATH = ["tragnetz.config.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

STATIC_URL = "static/"
STATIC_ROOT = GIVEN.folder("STATIC", static_folder())
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
    "sms": GIVEN.text("SMS_BACKEND", "http" if GIVEN.text("SMS_URL") else "file" if PRODUCTION else "console"),
    "email": GIVEN.text("EMAIL_BACKEND", "smtp" if PRODUCTION else "console"),
}
TRAGNETZ_SMS = {
    "url": GIVEN.text("SMS_URL"),
    "method": GIVEN.text("SMS_METHOD"),
    "headers": GIVEN.text("SMS_HEADERS"),
    "body": GIVEN.text("SMS_BODY"),
    "success": GIVEN.text("SMS_SUCCESS"),
    "timeout": GIVEN.text("SMS_TIMEOUT"),
    "idempotent": "1" if GIVEN.flag("SMS_IDEMPOTENT") else "",
}
TRAGNETZ_SMTP = {
    "host": GIVEN.text("SMTP_HOST"),
    "port": GIVEN.number("SMTP_PORT"),
    "username": GIVEN.text("SMTP_USER"),
    "password": GIVEN.text("SMTP_PASSWORD"),
    "use_tls": GIVEN.flag("SMTP_TLS"),
}
MAILERS = {
    "default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": TRAGNETZ_SMTP}
    if PRODUCTION
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
# The address of this site, `https://…`, for links in mail that no request causes; without it such mail is not sent.
TRAGNETZ_PUBLIC_URL = GIVEN.text("PUBLIC_URL").rstrip("/")
TRAGNETZ_SECURITY_CONTACT = GIVEN.text("SECURITY_CONTACT")  # mailto:… or https://…, for /.well-known/security.txt
DEFAULT_FROM_EMAIL = GIVEN.text("MAIL_FROM")
# Who may read `/metrics`; without a token there is no such page and nothing is counted.
TRAGNETZ_METRICS_TOKEN = GIVEN.text("METRICS_TOKEN")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "tragnetz.config.logs.formatter.SafeFormatter"},
    },
    "handlers": {
        "console": {
            "class": "tragnetz.config.logs.handler.StderrHandler",
            "formatter": GIVEN.text("LOGS", "json" if PRODUCTION else "lines"),
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "tragnetz": {"level": GIVEN.text("LOG_LEVEL", "INFO" if PRODUCTION else "WARNING")},
        # What a visitor did wrong (404, 409, 422) is answered on the page and is no fault of ours.
        "django.request": {"level": "ERROR"},
        "tragnetz.security": {"level": "INFO"},  # docs/security-log.md
    },
}
