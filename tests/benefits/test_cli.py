"""The operator recalls rules, and asks whom new rules change much for."""

import json

from click.testing import CliRunner
from django.utils import timezone

from braid.benefits import commands, queries
from braid.benefits.cli import recall, rules_changed
from braid.benefits.models import Counselling


def test_a_recall_names_pages_and_nobody(una, asked, today):
    page = asked()
    run = CliRunner().invoke(
        recall, ["xx-test", "1", "--because", "The limit was wrong.", "--json"]
    )
    assert run.exit_code == 0, run.output
    assert [row["calculation_id"] for row in json.loads(run.output)] == [str(page.pk)]
    assert "Pat" not in run.output
    assert queries.calculation(una, page.pk).recall_words == "The limit was wrong."
    assert Counselling.objects.system("a test").get().trigger == "rules"


def test_a_version_that_nobody_used_recalls_nothing(asked, today):
    asked()
    run = CliRunner().invoke(recall, ["xx-test", "7", "--because", "x"])
    assert run.output.startswith("pages: 0")
    assert not Counselling.objects.system("a test").exists()


def test_rules_that_are_as_they_were_change_nobody(una, asked, today):
    page = asked()
    commands.confirm(
        actor=una, calculation=page, row_version=page.row_version, now=timezone.now()
    )
    run = CliRunner().invoke(rules_changed, ["xx-test", "--json"])
    assert json.loads(run.output) == []
