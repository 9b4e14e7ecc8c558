"""The design system stands alone: here it runs without any room above it."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory


@pytest.fixture(autouse=True)
def web_alone(settings) -> None:
    """Keep the site's addresses, middleware and context of other rooms out."""
    settings.ROOT_URLCONF = "tests.web.urls"
    settings.MIDDLEWARE = [
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
    ]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.messages.context_processors.messages",
                    "braid.web.context.page",
                ]
            },
        }
    ]


@pytest.fixture
def request_of_page(rf: RequestFactory) -> HttpRequest:
    """Give a request as the browser makes it for a whole page."""
    return rf.get("/list/", {"sort": "name", "page": "3"})
