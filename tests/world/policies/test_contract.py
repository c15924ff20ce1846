"""What every policy keeps to, whatever it judges."""

from __future__ import annotations

from collections import Counter
from typing import get_args, get_type_hints

import pytest

from smtpsim.protocol.smtp import extensions
from smtpsim.protocol.smtp.question import Question
from smtpsim.protocol.smtp.replies import RULES
from smtpsim.world import policies
from smtpsim.world.load.forms import FORMS
from smtpsim.world.model import Policy
from smtpsim.world.subscriber import Subscriber

POLICIES = [policies.load(name) for name in policies.names()]

QUESTIONS = {kind._field_defaults["stage"]: kind for kind in get_args(Question)}
"""The stages of a dialogue, and the class of the question that each puts."""

each_policy = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.name)


def test_there_are_policies() -> None:
    assert {"mailbox", "relay", "spf"} <= set(policies.names())


@pytest.mark.parametrize("name", policies.names())
def test_a_policy_is_called_as_its_file_is(name: str) -> None:
    assert policies.load(name).name == name


@pytest.mark.parametrize("name", ["nosuch", "", "os.path", "..relay", "__init__"])
def test_no_other_name_loads_anything(name: str) -> None:
    with pytest.raises(LookupError):
        policies.load(name)


@each_policy
def test_its_stages_are_stages_of_a_dialogue(policy: Policy) -> None:
    assert policy.stages
    assert policy.stages.keys() <= QUESTIONS.keys()


@each_policy
def test_each_judge_takes_the_question_of_its_stage(policy: Policy) -> None:
    for stage, judge in policy.stages.items():
        assert get_type_hints(judge)["question"] in (QUESTIONS[stage], Question)


def test_reply_keys_are_unique() -> None:
    keys = Counter(RULES.keys())
    keys.update(rule.key for name in extensions.names() for rule in extensions.load(name).replies)
    keys.update(rule.key for policy in POLICIES for rule in policy.replies)
    assert [key for key, count in keys.items() if count > 1] == []


@each_policy
def test_its_replies_refuse(policy: Policy) -> None:
    for rule in policy.replies:
        assert 400 <= rule.code < 600
        assert rule.enhanced.startswith(str(rule.code)[0])


@each_policy
def test_its_settings_have_defaults_of_a_type_that_a_file_can_hold(policy: Policy) -> None:
    for default in policy.settings.values():
        assert isinstance(default, bool | int | str) or all(isinstance(item, str) for item in default)


@each_policy
def test_its_choices_belong_to_settings_and_contain_the_defaults(policy: Policy) -> None:
    assert policy.choices.keys() <= policy.settings.keys()
    for name, words in policy.choices.items():
        default = policy.settings[name]
        assert set(default if isinstance(default, tuple) else (default,)) <= set(words)
        assert len(set(words)) == len(words) > 1


@each_policy
def test_its_lights_are_identities_that_spf_knows(policy: Policy) -> None:
    if policy.lights:
        assert policy.lights(policy.settings) <= {"helo", "mailfrom", "header-from"}


@each_policy
def test_what_it_looks_at_of_a_subscriber_is_there(policy: Policy) -> None:
    assert set(policy.subscriber) <= set(Subscriber._fields)


@each_policy
def test_what_it_finds_it_can_find_anew(policy: Policy) -> None:
    assert not policy.finds or policy.renew


@each_policy
def test_it_hears_at_stages_of_a_dialogue(policy: Policy) -> None:
    assert policy.hears.keys() <= QUESTIONS.keys()
    for stage, hear in policy.hears.items():
        assert get_type_hints(hear)["question"] in (QUESTIONS[stage], Question)


@each_policy
def test_its_forms_belong_to_settings_that_hold_texts(policy: Policy) -> None:
    for name, form in policy.forms.items():
        assert form in FORMS
        assert isinstance(policy.settings[name], str | tuple)
