"""`corpusclean rules`: every rule with its reason and examples."""

from __future__ import annotations

import json


def test_the_list_names_each_rule_with_kind_and_reason(cli):
    listed = cli("rules")
    assert (listed.returncode, listed.stderr) == (0, "")
    rules = [json.loads(line) for line in cli("rules", "--json").stdout.strip().split("\n")]
    assert len(rules) > 20
    said = " ".join(listed.stdout.split())
    for rule in rules:
        assert f" {rule['name']} {rule['kind']} {' '.join(rule['why'].split())[:20]}" in said
        assert rule["why"]


def test_one_rule_is_shown_with_its_examples(cli):
    rules = [json.loads(line) for line in cli("rules", "--json").stdout.strip().split("\n")]
    rule = next(rule for rule in rules if rule["stage"] == "line" and rule["removes"] and rule["keeps"])
    done = cli("rules", rule["name"])
    assert done.returncode == 0
    for example in [*rule["removes"], *rule["keeps"]]:
        assert example.splitlines()[0] in done.stdout


def test_every_rule_can_be_shown(cli):
    for line in cli("rules", "--json").stdout.strip().split("\n")[::15]:
        assert cli("rules", json.loads(line)["name"]).returncode == 0


def test_a_family_is_shown_alone(cli):
    families = {
        json.loads(line)["name"].partition(".")[0]
        for line in cli("rules", "comments", "--json").stdout.strip().split("\n")
    }
    assert families == {"comments"}
