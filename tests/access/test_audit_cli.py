"""`braid audit`: the chains are walked, signed, and what was handed out is compared."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection

from braid.access import anchors, audit, chain
from braid.access.models import AuditEntry, AuditHead, AuditRoot
from braid.site import cli
from tests.factories.access import AuditRootFactory


def braid(*words):
    return CliRunner().invoke(cli.main, ["audit", *map(str, words)])


def verified(*words):
    done = braid("verify", "--json", *words)
    return done.exit_code, json.loads(done.stdout)


@pytest.fixture
def log(world, today):
    for _ in range(5):
        audit.record(world.ada.actor, "person_opened", applicant=world.pat.pk)
        audit.record(world.cora.actor, "person_opened", applicant=world.pat.pk)
    return world


def without_triggers(statement, *values):
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS access_auditentry_no_{verb}")
        cursor.execute(statement, values)


def test_a_whole_log_ends_with_zero(log):
    code, found = verified()
    assert code == 0
    assert found["ok"]
    assert found["lines"] == 10
    assert {one["organisation"] for one in found["chains"]} == {"havnelund", "region"}
    assert "5 lines, whole, no anchor" in braid("verify").output


def test_a_changed_line_is_named_and_ends_with_one(log):
    without_triggers(
        "UPDATE access_auditentry SET action = 'nothing' WHERE sequence = 3 "
        "AND organisation_id = %s",
        log.havnelund.pk.hex,
    )
    code, found = verified("--organisation", "havnelund")
    assert code == 1
    assert found["chains"] == [
        {
            "organisation": "havnelund",
            "lines": 2,
            "damage": "changed",
            "line": 3,
            "last_good_root": None,
        }
    ]
    assert "havnelund: line 3: changed; before it no anchor" in braid("verify").output
    assert verified("--organisation", "region")[0] == 0
    assert verified("--from", "4", "--organisation", "havnelund")[0] == 0


def test_an_organisation_that_there_is_not_is_refused(log):
    done = braid("verify", "--organisation", "nowhere")
    assert done.exit_code == 2
    assert "havnelund" in done.output


def test_an_anchor_is_signed_kept_and_handed_out_once(log, tmp_path):
    out = tmp_path / "anchors.jsonl"
    assert "2 anchors added" in braid("anchor", "--out", out).output
    assert "0 anchors added" in braid("anchor", "--out", out).output
    assert AuditRoot.objects.count() == 2
    audit.record(log.ada.actor, "person_opened", applicant=log.pat.pk)
    assert "1 anchors added" in braid("anchor", "--out", out).output
    one = anchors.read(out)[-1]
    assert (one.organisation, one.first, one.sequence) == (str(log.havnelund.pk), 6, 6)
    assert out.stat().st_mode & 0o077 == 0
    code, found = verified("--roots", out, "--organisation", "havnelund")
    assert (code, found["chains"][0]["last_good_root"]) == (0, 6)


def test_a_tail_that_was_cut_with_its_head_is_told_by_the_file(log, tmp_path):
    out = tmp_path / "anchors.jsonl"
    braid("anchor", "--out", out)
    whose = log.havnelund.pk
    kept = AuditEntry.objects.get(organisation_id=whose, sequence=3)
    without_triggers(
        "DELETE FROM access_auditentry WHERE organisation_id = %s AND sequence > 3",
        whose.hex,
    )
    AuditHead.objects.filter(pk=whose).update(sequence=3, hash=kept.hash)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER access_auditroot_no_delete")
        cursor.execute("DELETE FROM access_auditroot")
    assert verified()[0] == 0
    code, found = verified("--roots", out, "--organisation", "havnelund")
    assert (code, found["chains"][0]["damage"]) == (1, "cut at the end")
    assert found["chains"][0]["line"] == 4


def test_a_chain_computed_anew_is_told_by_the_file(log, tmp_path):
    out = tmp_path / "anchors.jsonl"
    braid("anchor", "--out", out)
    whose = log.havnelund.pk
    names = [field.attname for field in AuditEntry._meta.fields][1:-1]
    previous = AuditEntry.objects.get(organisation_id=whose, sequence=1).hash
    for entry in AuditEntry.objects.filter(organisation_id=whose, sequence__gt=1):
        said = {name: getattr(entry, name) for name in names} | {"action": "nothing"}
        previous = chain.link(previous, said)
        without_triggers(
            "UPDATE access_auditentry SET action = 'nothing', hash = %s WHERE id = %s",
            previous,
            entry.pk,
        )
    AuditHead.objects.filter(pk=whose).update(hash=previous)
    code, found = verified("--roots", out, "--organisation", "havnelund")
    assert (code, found["chains"][0]["damage"]) == (1, "rewritten from here on")
    assert found["chains"][0]["line"] == 2
    refused = braid("anchor")
    assert refused.exit_code == 1
    assert "audit_unsound" in refused.output


@pytest.mark.parametrize(
    ("field", "value"),
    [("hash", "0" * 64), ("sequence", 4), ("signature", "QUJD"), ("key", "k9")],
)
def test_an_anchor_that_was_changed_is_refused(log, tmp_path, field, value):
    out = tmp_path / "anchors.jsonl"
    braid("anchor", "--out", out)
    first, *rest = out.read_text().splitlines()
    changed = json.dumps(json.loads(first) | {field: value})
    out.write_text("\n".join([changed, *rest]))
    done = braid("verify", "--roots", out)
    assert done.exit_code == 1
    assert "anchor_unsigned" in done.output


@pytest.mark.parametrize("text", ["no json", "[]", '{"format": 1}', '{"a": 2}'])
def test_a_file_that_holds_no_anchors_is_refused(log, tmp_path, text):
    out = tmp_path / "anchors.jsonl"
    out.write_text(text)
    done = braid("verify", "--roots", out)
    assert done.exit_code == 2
    assert "Line 1 of anchors.jsonl" in done.output


def test_the_public_key_that_was_handed_over_decides(log, tmp_path):
    out = tmp_path / "anchors.jsonl"
    braid("anchor", "--out", out)
    (key, *_) = braid("key").output.splitlines()
    assert verified("--roots", out, "--key", key)[0] == 0
    key_id, _equals, _public = key.partition("=")
    forged = f"{key_id}={'A' * 43}="
    assert "anchor_unsigned" in braid("verify", "--roots", out, "--key", forged).output
    assert braid("verify", "--roots", out, "--key", "x").exit_code == 2


def test_a_root_that_nobody_signed_is_refused(log):
    AuditRootFactory(organisation_id=log.havnelund.pk, sequence=2, hash="0" * 64)
    assert "anchor_unsigned" in braid("verify").output


def test_anchors_are_printed_without_a_file(log):
    said = braid("anchor").output.splitlines()
    assert [json.loads(line)["sequence"] for line in said] == [5, 5]
