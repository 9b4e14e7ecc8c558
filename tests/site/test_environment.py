"""A wrong variable stops the start with a sentence that names it."""

import os
import stat

import pytest

from braid.site import environment
from braid.site.environment import WrongEnvironment

KEY = "k" * 40


def read(tmp_path, **given):
    return environment.read(
        {"BRAID_DATA": str(tmp_path), "BRAID_SECRET_KEY": KEY} | given
    )


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        pytest.param("BRAID_LANGUAGE", "xx", "one of en, da", id="language"),
        pytest.param(
            "BRAID_TIME_ZONE", "Mars/Base", "Europe/Copenhagen", id="time zone"
        ),
        pytest.param("BRAID_SECRET_KEY", "short", "5 characters long", id="short key"),
        pytest.param("BRAID_PACKS", "/nowhere/at/all", "not a folder", id="packs"),
        pytest.param(
            "BRAID_BENEFIT_ENGINES", "/nowhere/at/all", "bin/python", id="engines"
        ),
        pytest.param("BRAID_ENGINE", "yarn", "spark://host:port", id="engine of facts"),
        pytest.param("BRAID_TRUSTED_PROXIES", "two", "0 or more", id="proxies"),
        pytest.param("BRAID_BASE_URL", "ftp://x", "http or https", id="base address"),
        pytest.param(
            "BRAID_DATABASE_URL", "nonsense", "address of a database", id="database"
        ),
        pytest.param("BRAID_DEBUG", "yes", "1 or 0", id="debug"),
        pytest.param("BRAID_IDLE_MINUTES", "60", "from 1 to 15", id="longer idle"),
        pytest.param("BRAID_IDLE_MINUTES", "0", "from 1 to 15", id="no idle"),
        pytest.param("BRAID_EMAIL_URL", "carrier:pigeon", "smtp://", id="mail"),
    ],
)
def test_a_wrong_value_is_named(tmp_path, variable, value, says):
    with pytest.raises(WrongEnvironment) as stopped:
        read(tmp_path, **{variable: value})
    assert variable in str(stopped.value)
    assert says in str(stopped.value)


def test_hosts_of_sign_in_providers_are_named_with_commas(tmp_path):
    found = read(tmp_path, BRAID_PROVIDER_HOSTS="Login.region.example, ,10.0.0.7")
    assert found.provider_hosts == ("login.region.example", "10.0.0.7")


def test_benefit_engines_lie_in_a_folder_for_each_country(tmp_path):
    python = tmp_path / "engines" / "fr" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()

    found = read(tmp_path, BRAID_BENEFIT_ENGINES=str(tmp_path / "engines"))

    assert found.benefit_engines == tmp_path / "engines"
    assert read(tmp_path).benefit_engines is None


def test_without_anything_braid_keeps_its_own_database_and_key(tmp_path):
    found = environment.read({"BRAID_DATA": str(tmp_path)})
    assert str(found.database["NAME"]).endswith("braid.sqlite3")
    assert found.database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found.database["OPTIONS"]["init_command"]
    assert found.database["CONN_MAX_AGE"] > 0
    key = tmp_path / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert (
        environment.read({"BRAID_DATA": str(tmp_path)}).secret_key == found.secret_key
    )


def test_a_server_of_databases_keeps_connections_too_and_checks_them(tmp_path):
    found = read(tmp_path, BRAID_DATABASE_URL="postgres://u:p@db/braid").database
    assert found["CONN_MAX_AGE"] > 0
    assert found["CONN_HEALTH_CHECKS"] is True


def test_a_key_that_others_can_read_stops_the_start(tmp_path):
    environment.read({"BRAID_DATA": str(tmp_path)})
    (tmp_path / "secret-key").chmod(0o644)
    with pytest.raises(WrongEnvironment, match="chmod 600"):
        environment.read({"BRAID_DATA": str(tmp_path)})


def test_https_follows_the_base_address(tmp_path):
    assert read(tmp_path, BRAID_BASE_URL="https://braid.example.org").is_https
    assert not read(tmp_path).is_https
    hosts = read(tmp_path, BRAID_BASE_URL="https://braid.example.org").allowed_hosts
    assert "braid.example.org" in hosts


def test_tracebacks_are_never_shown_on_a_public_address(tmp_path):
    assert read(tmp_path, BRAID_DEBUG="1", BRAID_BASE_URL="http://localhost:8000").debug
    with pytest.raises(WrongEnvironment, match="public address"):
        read(tmp_path, BRAID_DEBUG="1", BRAID_BASE_URL="https://braid.example.org")


def test_mail_goes_where_it_was_configured(tmp_path):
    found = read(
        tmp_path, BRAID_EMAIL_URL="smtps://user:pass%20word@mail.example.org:465"
    )
    assert found.email == {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 465,
        "EMAIL_HOST_USER": "user",
        "EMAIL_HOST_PASSWORD": "pass word",
        "EMAIL_USE_SSL": True,
        "EMAIL_USE_TLS": False,
    }
    assert read(tmp_path).email == {}


def test_a_new_folder_and_what_is_made_in_it_is_for_its_owner_only(tmp_path):
    before = os.umask(0o022)
    try:
        environment.read({"BRAID_DATA": str(tmp_path / "house")})
        (tmp_path / "house" / "braid.sqlite3").touch()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "house").stat().st_mode) == 0o700
    made = (tmp_path / "house" / "braid.sqlite3").stat().st_mode
    assert stat.S_IMODE(made) == 0o600
