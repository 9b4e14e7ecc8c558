"""What the code itself must not do, read from it: rows of `docs/security/asvs.toml`."""

import ast
import re
from functools import cache

import pytest

from tests.house.test_house import SOURCE, python_files

# Who opens connections, and to whom.
MAY_CONNECT = {
    "access/sign_in/outgoing.py": "sign-in providers, by the rules that stand there",
    "access/sign_in/views.py": "names the errors of outgoing.py, asks nobody",
    "facts/spark.py": "whether the master that the steward named can be reached",
    "site/serving.py": "its own first page, and whether a port is free",
    "benefits/engines/runners/serving.py": "closes the network to an engine, opens none",
}
CONNECT = {
    *("requests", "urllib.request", "http.client", "socket", "smtplib", "ftplib"),
    *("urllib3", "httpx", "aiohttp", "asyncio", "telnetlib", "xmlrpc"),
}
MAY_START = {
    "site/serving.py",
    "benefits/engines/process.py",
    "voices/importing/pdf.py",
}
STARTS = {"run", "Popen", "call", "check_call", "check_output", "system", "popen"}
# Patterns that are put together, and of what.
MAY_BUILD_PATTERNS = {
    "method/identifiers.py": "patterns of registers, written there",
    "packs/reading.py": "a pattern of the YAML reader",
    "exchange/roster/values/numbers.py": "two marks of decimals, written there",
    "method/passages.py": "marks that combine, by their numbers",
    "packs/pseudonyms.py": "forms of numbers, each sign escaped",
    "voices/importing/cues.py": "the time of a cue, written there",
    "voices/importing/shape.py": "the name of a speaker, written there",
    "voices/pseudonyms/finding.py": "words of packs and names of a study, escaped",
    "voices/pseudonyms/naming.py": "the stem of a pseudonym, escaped",
    "voices/refi/marks.py": "pairs of a word and its value, written there",
    "voices/refi/values.py": "a limit of digits",
}
PATTERNS = {"compile", "match", "fullmatch", "search", "sub", "split", "findall"}
# The whole of cryptography in this program; the rest is in the libraries of sign-in.
PRIMITIVES = {
    "cryptography.hazmat.primitives.ciphers.aead": {"AESGCM"},
    "cryptography.fernet": {"Fernet", "InvalidToken"},
    "cryptography.hazmat.primitives.kdf.hkdf": {"HKDF"},
    "cryptography.hazmat.primitives": {"hashes"},
    "cryptography.hazmat.primitives.asymmetric.ed25519": {
        "Ed25519PrivateKey",
        "Ed25519PublicKey",
    },
    "cryptography.exceptions": {"InvalidTag", "InvalidSignature"},
}
DIGESTS = {"sha256"}
# A short name for equal rows within one reading of a file; nobody is kept from making one.
OTHER_DIGESTS = {"exchange/roster/drafts.py": {"blake2b"}}
KEPT_BY_BROWSERS = {"braid-theme", "braid-theme-account", "braid-keys"}
OWN_SCRIPTS = sorted(
    path for path in SOURCE.rglob("static/**/*.js") if "vendor" not in path.parts
)


def where(path):
    return path.relative_to(SOURCE).as_posix()


@cache
def every_node():
    """Return (file, node) for every node of the program; read once for all tests."""
    return [
        (where(path), node)
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call | ast.Attribute | ast.Import | ast.ImportFrom)
    ]


def nodes(kind):
    """Return (file, node) for each node of a kind."""
    return [(file, node) for file, node in every_node() if isinstance(node, kind)]


def imported():
    """Yield (file, module, name) for everything that is imported."""
    for file, node in nodes(ast.Import):
        yield from ((file, one.name, "") for one in node.names)
    for file, node in nodes(ast.ImportFrom):
        yield from ((file, node.module or "", one.name) for one in node.names)


def called_on(owner, names):
    """Yield (file, call) for calls such as `owner.name(…)`."""
    for file, node in nodes(ast.Call):
        function = node.func
        if (
            isinstance(function, ast.Attribute)
            and getattr(function.value, "id", "") == owner
            and function.attr in names
        ):
            yield file, node


def test_programs_are_started_by_lists_of_our_own_words():
    started = list(called_on("subprocess", STARTS))
    assert {file for file, _call in started} == MAY_START
    assert not list(called_on("os", STARTS))
    for _file, call in started:
        assert isinstance(call.args[0], ast.List)
        assert "shell" not in {one.arg for one in call.keywords}


def test_patterns_are_written_out():
    built = {
        file
        for file, call in called_on("re", PATTERNS)
        if not isinstance(call.args[0], ast.Constant)
        and not getattr(call.args[0], "id", "").isupper()
    }
    assert built == set(MAY_BUILD_PATTERNS)


def test_templates_are_files():
    made = {
        file
        for file, node in nodes(ast.Call)
        if getattr(node.func, "attr", getattr(node.func, "id", ""))
        in {"Template", "from_string", "Engine"}
    }
    # A model of taxes and benefits is called an engine as well.
    assert made == {"benefits/engines/known.py"}


def test_only_those_who_may_open_connections():
    opening = {
        file
        for file, module, _name in imported()
        if any(module == one or module.startswith(f"{one}.") for one in CONNECT)
    }
    assert opening == set(MAY_CONNECT)


def test_known_primitives_encrypt_sign_and_derive():
    used = {}
    for _file, module, name in imported():
        if module.split(".")[0] in {"cryptography", "Crypto", "nacl", "OpenSSL"}:
            used.setdefault(module, set()).add(name)
    unknown = {
        (module, name)
        for module, names in used.items()
        for name in names - PRIMITIVES.get(module, set())
    }
    assert unknown == set()
    # Each is there for something: nothing in this test describes what is gone.
    assert set(used) == set(PRIMITIVES)


def test_known_digests_hash():
    unknown = {
        (file, node.attr)
        for file, node in nodes(ast.Attribute)
        if getattr(node.value, "id", "") == "hashlib"
        and node.attr not in DIGESTS | OTHER_DIGESTS.get(file, set())
    }
    assert unknown == set()
    chosen = {
        node.attr
        for file, node in nodes(ast.Attribute)
        if file == "access/keyring.py" and getattr(node.value, "id", "") == "hashes"
    }
    assert chosen == {"SHA256"}


def test_chance_is_the_systems_but_in_the_demo():
    drawing = {
        file
        for file, module, name in imported()
        if module in {"random", "numpy.random"} or (module, name) == ("numpy", "random")
    }
    drawing |= {
        file
        for file, node in nodes(ast.Attribute)
        if node.attr == "random" and getattr(node.value, "id", "") in {"np", "numpy"}
    }
    assert {file for file in drawing if not file.startswith("site/demo/")} == {
        # Seeded, to be drawn again; they protect nothing.
        "method/statistics/spread.py",  # an interval
        "method/agreement/bootstrap.py",  # an interval
        "fidelity/rules.py",  # a sample of records
    }


def test_subjects_of_mails_are_our_own_words():
    mails = [
        node
        for _file, node in nodes(ast.Call)
        if getattr(node.func, "id", "") == "send_mail"
    ]
    assert mails
    for node in mails:
        subject = node.args[0]
        assert isinstance(subject, ast.Call) and subject.func.id == "_"
        assert isinstance(subject.args[0], ast.Constant)


@pytest.mark.parametrize("script", OWN_SCRIPTS, ids=lambda path: path.name)
def test_a_script_of_ours_builds_no_markup_and_keeps_nothing(script):
    text = script.read_text()
    unsafe = re.compile(
        r"\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\beval\("
        r"|new Function|postMessage|__proto__|document\.domain|document\.cookie"
        r"|sessionStorage|indexedDB|addEventListener\(\"message\""
    )
    assert unsafe.findall(text) == []
    asked = r"(?:localStorage\.\w+Item|remembered\.(?:get|set))\(\"?([\w-]+)\"?"
    keys = set(re.findall(asked, text)) - {"key"}  # the one function around it
    assert keys <= KEPT_BY_BROWSERS


def test_there_are_scripts_of_ours_and_one_keeps_something():
    kept = {
        key
        for key in KEPT_BY_BROWSERS
        for path in OWN_SCRIPTS
        if f'"{key}"' in path.read_text()
    }
    assert kept == KEPT_BY_BROWSERS


@pytest.mark.parametrize("table", [MAY_CONNECT, MAY_BUILD_PATTERNS, OTHER_DIGESTS])
def test_no_exception_outlives_its_file(table):
    assert [name for name in table if not (SOURCE / name).exists()] == []
    assert all(table.values())
