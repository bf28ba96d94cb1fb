"""Roles of text: one enumeration from the composing to the tags, and no role that nobody lists."""

from __future__ import annotations

import json
import pickle

import pytest

from layout.composition import Composition, Frame, Page
from layout.roles import HEADS, RUNNING, SPACED_ROLES, Role

# ISO 32000-1 14.8.4: structure types that stand under an article, or are made by what paints a list or a table.
STANDARD = {b"P", b"H1", b"H2", b"BlockQuote", b"Caption", b"LBody", b"Table", b"Figure", b"Note"}


def test_a_frame_takes_a_role_by_its_name():
    assert Frame("a", "crosshead", 0, 0, 1, 1).role is Role.CROSSHEAD


def test_a_role_that_is_not_listed_is_an_error():
    with pytest.raises(ValueError, match="boddy"):
        Frame("a", "boddy", 0, 0, 1, 1)


def test_the_json_of_a_composition_names_roles_as_before():
    page = Page(1, "", 1, 1, tuple(Frame("a", role, 0, 0, 1, 1) for role in Role))
    told = json.loads(Composition((page,)).to_json())["pages"][0]["frames"]
    assert [frame["role"] for frame in told] == [role.value for role in Role]
    assert {"body", "headline", "pull_quote", "jump_line"} <= {frame["role"] for frame in told}


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_label_in_both_languages_and_a_standard_tag(role: Role):
    assert all(role.label)
    assert role.tag in STANDARD


def test_roles_go_from_one_process_to_another_as_themselves():
    frame = pickle.loads(pickle.dumps(Frame("a", Role.VERSE, 0, 0, 1, 1)))
    assert frame.role is Role.VERSE


def test_no_two_roles_are_called_alike():
    labels = [role.label.zh for role in Role]
    assert len(set(labels)) == len(labels)


def test_a_loose_line_of_running_text_is_never_taken_for_one_that_is_spaced_on_purpose():
    assert not SPACED_ROLES & RUNNING
    assert not HEADS & RUNNING
