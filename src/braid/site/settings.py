"""Django settings, derived from the environment (docs/reference/environment.md)."""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from braid.site import environment

ENVIRONMENT = environment.read()

BRAID_DATA = ENVIRONMENT.data
BRAID_KEYS = ENVIRONMENT.keys
BRAID_PACKS = ENVIRONMENT.packs
BRAID_BENEFIT_ENGINES = ENVIRONMENT.benefit_engines
BRAID_ENGINE = ENVIRONMENT.engine
BRAID_UPLOADS = BRAID_DATA / "uploads"
BRAID_DOCUMENTS = BRAID_DATA / "documents"
BRAID_GALLERY = ENVIRONMENT.debug
# Set by `braid demo` in the database it made; sign-in cards exist only there.
BRAID_DEMO_MARK = BRAID_DATA / "demo.json"

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
DATABASES = {"default": ENVIRONMENT.database}
ROOT_URLCONF = "braid.site.urls"
WSGI_APPLICATION = "braid.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tables2",
    "django_filters",
    "csp",
    "django_tasks",
    "django_tasks_db",
    # Before allauth, so that our templates of its pages and our words are found first.
    "braid.web",
    "braid.access",
    "braid.documents",
    "braid.people",
    "braid.work",
    "braid.benefits",
    "braid.teamwork",
    "braid.facts",
    "braid.integration",
    "braid.outcomes",
    "braid.fidelity",
    "braid.funding",
    "braid.voices",
    "braid.exchange",
    "braid.desk",
    "braid.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
]

MIDDLEWARE = [
    "braid.site.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "braid.web.body_limits.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "braid.access.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "braid.access.sign_in.middleware.SessionLimits",
    "braid.access.middleware.ActorMiddleware",
    "braid.access.sign_in.middleware.SecondFactor",
    "braid.access.sign_in.middleware.ReadBudget",
    "braid.site.middleware.PersonalPagesMiddleware",
    # Around the view alone: what a form brings and its key are saved together.
    "braid.access.sending.SentOnceMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "braid.web.context.page",
                "braid.site.navigation.navigation",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS.insert(0, "django.forms")
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "web/table.html"

# Language, time and numbers
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("en", _("English")), ("da", _("Danish"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone

# Sign-in
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["braid.access.sign_in.backend.PasswordBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "braid.access.sign_in.guessable.GuessableValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "braid.access.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation proves the address
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/ip,5/5m/key",
    "own_page_code": "10/10m/ip",
    "enquiry": "6/h/ip",
    "answer_code": "20/10m/ip",
    "calendar_unknown": "30/10m/ip",
    "calendar_read": "120/h/key",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.trusted_proxies
# Whether staff must have a second factor: "required" or "offered". Never in a demo.
BRAID_SECOND_FACTOR = "required"
ACCOUNT_FORMS = {
    "login": "braid.access.sign_in.allauth_forms.SignInForm",
    "reset_password": "braid.access.sign_in.allauth_forms.ForgottenPasswordForm",
}
MFA_FORMS = {
    "activate_totp": "braid.access.sign_in.allauth_forms.AppForm",
    "add_webauthn": "braid.access.sign_in.allauth_forms.AddPasskeyForm",
    "authenticate_webauthn": "braid.access.sign_in.allauth_forms.PasskeyForm",
    "edit_webauthn": "braid.access.sign_in.allauth_forms.RenamePasskeyForm",
    "login_webauthn": "braid.access.sign_in.allauth_forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "braid.access.sign_in.allauth_forms.PasskeyAgainForm",
}
MFA_ADAPTER = "braid.access.sign_in.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Braid"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute out
MFA_RECOVERY_CODES_SHOW_ONCE = True
SOCIALACCOUNT_ADAPTER = "braid.access.sign_in.adapters.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False  # whom nobody invited gets no account
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
# Hosts of sign-in providers that may be reached at private addresses.
BRAID_PROVIDER_HOSTS = ENVIRONMENT.provider_hosts
USERSESSIONS_ADAPTER = "braid.access.sign_in.adapters.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = True
# Distinct applicants whom one person may open in an hour before being asked who it is.
BRAID_READ_BUDGET = 60
# Without a mail server nothing is mailed; links are passed on by hand.
BRAID_MAILS = bool(ENVIRONMENT.email)
# Where a mail leads that no request has caused.
BRAID_ADDRESS = ENVIRONMENT.base_url or "http://127.0.0.1:8000"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
globals().update(ENVIRONMENT.email)

# Sessions: closed with the browser, ended after ten hours or when nothing happens
BRAID_IDLE_MINUTES = ENVIRONMENT.idle_minutes
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.is_https
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.is_https
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
if ENVIRONMENT.is_https:
    # A browser takes such a cookie only over https, from this host, for every path.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-language"
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.base_url] if ENVIRONMENT.base_url else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if ENVIRONMENT.is_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.is_https
SECURE_SSL_REDIRECT = False  # the reverse proxy's work
# W008: see the line above. W021: whether a domain is preloaded is its owner's decision.
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W021"]
if ENVIRONMENT.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# Static files: collected once per version by `braid serve`, served with immutable names
STATIC_URL = "/static/"
STATIC_ROOT = BRAID_DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Uploads of rosters; larger files are refused with a sentence by the reader
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Work that no request waits for
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# What was tried at sign-in is counted for all workers together. Its table is made at
# start; it is large enough that a flood of addresses pushes no count out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "braid_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "braid.site.log_lines.PlainFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

LOCALE_PATHS: list[Path] = []
