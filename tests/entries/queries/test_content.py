from __future__ import annotations

from core.canonical import canonical_json
from entries.queries.content import entry_content, portfolio_content


def test_the_content_says_everything_in_plain_values(cast, draft):
    content = entry_content(draft)

    assert canonical_json(content)
    assert (content["entry"], content["edition"], content["track"]) == (draft.public_id, "jgs2026", "patent")
    assert content["project"]["title"] == draft.title
    assert content["applicants"] == [
        {
            "part": "lead",
            "name": "示例企业丁",
            "kind": "enterprise",
            "uscc": "91440606722473344C",
            "registration": "",
            "district": "440703",
            "revenue": "12000000.00",
        }
    ]
    (file,) = content["files"]
    assert (file["kind"], file["name"], len(file["sha256"])) == ("proposal", "申报书.pdf", 64)


def test_equal_entries_say_the_same_and_a_change_shows(draft):
    before = canonical_json(entry_content(draft))
    assert canonical_json(entry_content(draft)) == before

    draft.summary = "改过"
    assert canonical_json(entry_content(draft)) != before


def test_the_portfolio_is_the_patents_in_their_order(draft):
    (asset,) = portfolio_content(draft)["assets"]

    assert (asset["number"], asset["filed_on"], asset["granted_on"]) == ("202210000101.3", "2022-03-14", "2024-01-05")
    assert asset["is_core"] is True


def test_a_number_that_cannot_be_read_is_given_as_typed(draft):
    draft.assets.update(number="", number_raw="2022?")

    assert portfolio_content(draft)["assets"][0]["number"] == "2022?"
