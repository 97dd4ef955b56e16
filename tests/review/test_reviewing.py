"""Decisions become claims, and only those; what was decided is never lost, never asked again, and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from samgraf.errors import UnknownNameError, UsageError
from samgraf.ingest.adding import Adder
from samgraf.review import decisions as log
from samgraf.review.accepting import settle
from samgraf.review.reviewing import Reviewing, rows_meant
from samgraf.workspace import load
from samgraf.workspace.evidence import verify
from samgraf.workspace.structure import structure
from tests.conftest import Run
from tests.review.conftest import MINUTES

ID = "referat"


def test_a_document_whose_last_claim_is_undone_still_passes_the_check(own: Path, reviewing: Reviewing) -> None:
    first = reviewing.state(ID).rows[0].claims[0].claim.key
    for verdict in ("accept", "undo", "accept", "undo"):
        reviewing.decide(ID, [{"claim": first, "verdict": verdict}])
        assert load(str(own)).problems == []


def keys(reviewing: Reviewing, *what: str) -> list[str]:
    return rows_meant(reviewing.state(ID), what)


def accept(reviewing: Reviewing, *what: str) -> None:
    reviewing.decide(ID, [{"claim": key, "verdict": "accept"} for key in keys(reviewing, *what)])


def claims(own: Path) -> list[tuple[str, str, str]]:
    found = [d for d in load(str(own)).documents if d.head.id == ID]
    return [(c.subject, c.predicate, c.object or str(c.entry.value)) for d in found for c in d.claims]


def whole(own: Path) -> None:
    """The workspace checks clean, every passage verified."""
    workspace = load(str(own))
    assert [*workspace.problems, *structure(workspace)] == []
    verified = verify(workspace, str(own / "texts"))
    assert (verified.problems, verified.share) == ([], 1.0)


def test_accepted_claims_are_whole_and_check_clean(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "all")
    assert reviewing.state(ID).counts["open"] == 0
    assert len(claims(own)) == reviewing.state(ID).counts["accepted"]
    whole(own)


def test_a_known_name_is_the_one_that_is_there(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "attendance")
    assert {c[0] for c in claims(own) if c[1] == "participatesIn"} == {"anna-bech", "bo-dam"}
    assert ("anna-bech", "holdsPost", "havby") in claims(own)
    assert "havby:" not in (own / "data" / "entities" / "reviewed.yaml").read_text(encoding="utf-8")


def test_rejected_claims_are_not_there_and_the_reason_is_kept(own: Path, reviewing: Reviewing) -> None:
    (key,) = [k for k in keys(reviewing, "decisions") if "udsat" in str(reviewing.state(ID).find(k).claim.fields)]
    reviewing.decide(ID, [{"claim": key, "verdict": "reject", "reason": "siger intet"}])
    accept(reviewing, "decisions")
    assert reviewing.state(ID).find(key).verdict == "accept"  # the last word counts
    reviewing.decide(ID, [{"claim": key, "verdict": "reject", "reason": "siger intet"}])
    assert not any("udsat" in c[2] for c in claims(own))
    assert log.read_log(str(own), ID)[-1]["reason"] == "siger intet"
    whole(own)


def test_undo_opens_a_claim_again_and_takes_it_out(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "head")
    before = (own / "data" / "documents" / f"{ID}.yaml").read_text(encoding="utf-8")
    accept(reviewing, "attendance")
    reviewing.decide(ID, [{"claim": k, "verdict": "undo"} for k in keys(reviewing, "attendance")])
    assert (own / "data" / "documents" / f"{ID}.yaml").read_text(encoding="utf-8") == before
    assert all(s.verdict == "" for r in reviewing.state(ID).rows if r.group == "attendance" for s in r.claims)


def test_withdrawing_needs_a_reason_and_keeps_the_decision(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "all")
    key = keys(reviewing, "attendance")[0]
    with pytest.raises(UsageError, match="reason"):
        reviewing.decide(ID, [{"claim": key, "verdict": "withdraw"}])
    count = len(claims(own))
    reviewing.decide(ID, [{"claim": key, "verdict": "withdraw", "reason": "vil ikke nævnes"}])
    assert len(claims(own)) == count - 1
    assert reviewing.state(ID).counts["open"] == 0
    whole(own)


def test_a_mended_claim_is_written_as_mended(own: Path, reviewing: Reviewing) -> None:
    key = next(k for k in keys(reviewing, "head") if reviewing.state(ID).find(k).claim.fields["predicate"] == "heldOn")
    reviewing.decide(ID, [{"claim": key, "verdict": "accept", "fields": {"value": "2022-05-04"}}])
    assert [c[2] for c in claims(own)] == ["2022-05-04"]
    whole(own)


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"predicate": "sings"}, "no relation"), ({"value": None}, "either 'object'"), ({"from": "snart"}, "from")],
)
def test_a_mend_that_check_would_refuse_is_refused_and_nothing_is_taken(
    own: Path, reviewing: Reviewing, fields: dict[str, Any], said: str
) -> None:
    key = next(k for k in keys(reviewing, "head") if reviewing.state(ID).find(k).claim.fields["predicate"] == "heldOn")
    with pytest.raises(UsageError, match=said):
        reviewing.decide(ID, [{"claim": key, "verdict": "accept", "fields": fields}])
    assert log.read_log(str(own), ID) == []


def test_a_person_of_the_same_name_is_merged_only_when_said(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "attendance")
    (own.parent / "to.txt").write_text(MINUTES.replace("3. maj", "7. juni").replace("Budget", "Plan"), encoding="utf-8")
    list(Adder(str(own)).add([str(own.parent / "to.txt")]))
    again = Reviewing(str(own))
    assert again.state("to").names["anna-bech"].id == "anna-bech"
    again.decide("to", [{"name": "anna-bech", "new": "Anna Bech"}])
    again.decide("to", [{"claim": k, "verdict": "accept"} for k in rows_meant(again.state("to"), ["attendance"])])
    people = [e.id for e in load(str(own)).entities.values() if e.label.da == "Anna Bech"]
    assert people == ["anna-bech", "anna-bech-2"]
    again.decide("to", [{"name": "anna-bech", "is": "anna-bech"}])
    text = (own / "data" / "documents" / "to.yaml").read_text(encoding="utf-8")
    assert "anna-bech-2" not in text
    assert "subject: anna-bech," in text


def test_a_new_draft_asks_nothing_that_was_decided(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "all")
    (own.parent / "referat.txt").write_text(
        MINUTES.replace("Sagen blev udsat.", "Sagen blev udsat.\n3. Evt.\nIntet."), encoding="utf-8"
    )
    list(Adder(str(own)).add([str(own.parent / "referat.txt")]))
    state = Reviewing(str(own)).state(ID)
    assert {s.claim.fields.get("value") for r in state.rows for s in r.claims if not s.verdict} <= {"3", None}
    assert 0 < state.counts["open"] <= 2
    whole(own)


def test_what_was_decided_stays_when_the_lines_of_a_document_move(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "all")
    facts = sorted(claims(own))
    (own.parent / "referat.txt").write_text("Kaffe og kage.\n\n" + MINUTES, encoding="utf-8")
    (added,) = Adder(str(own)).add([str(own.parent / "referat.txt")])
    assert added.uncarried == ()
    again = Reviewing(str(own))
    assert again.settle(ID)[:2] == (0, 0)
    again.decide(ID, [{"claim": rows_meant(again.state(ID), ["head"])[0], "verdict": "undo"}])
    assert len(claims(own)) == len(facts) - 1
    again.decide(ID, [{"claim": rows_meant(again.state(ID), ["head"])[0], "verdict": "accept"}])
    assert sorted(claims(own)) == facts
    whole(own)


def test_comments_order_and_claims_by_hand_stay(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "head")
    path = own / "data" / "documents" / f"{ID}.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(1, "# skrevet i hånden")
    lines[-1] += "  # sikkert"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    accept(reviewing, "attendance", "decisions")
    after = path.read_text(encoding="utf-8").splitlines()
    assert after[: len(lines)] == lines
    whole(own)


def test_a_line_changed_by_hand_is_left_and_told(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "head")
    path = own / "data" / "documents" / f"{ID}.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('value: "2022-05-03"', 'value: "2022-05"'), encoding="utf-8"
    )
    key = next(k for k in keys(reviewing, "head") if reviewing.state(ID).find(k).claim.fields["predicate"] == "heldOn")
    settled = reviewing.decide(ID, [{"claim": key, "verdict": "undo"}])
    assert len(settled.left) == 1
    assert 'value: "2022-05"' in path.read_text(encoding="utf-8")


def test_a_person_adds_a_claim_of_their_own(own: Path, reviewing: Reviewing) -> None:
    key, data = reviewing.new_name("Dea Friis", "Person")
    fields = {"subject": key, "predicate": "memberOf", "object": "havneudvalget"}
    reviewing.decide(ID, [{"verdict": "accept", "fields": fields, "names": {key: data}, "at": "1 Havneudvalget"}])
    assert claims(own) == [("dea-friis", "memberOf", "havneudvalget")]
    whole(own)


def test_settling_twice_changes_nothing(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "all")
    files = {p: p.read_bytes() for p in own.rglob("*") if p.is_file()}
    assert settle(str(own), reviewing.state(ID), reviewing.known) == (0, 0, (), ())
    reviewing.settle(ID)
    assert {p: p.read_bytes() for p in own.rglob("*") if p.is_file()} == files


def test_two_pages_that_are_open_at_once_lose_nothing(own: Path, reviewing: Reviewing) -> None:
    other = Reviewing(str(own))
    accept(reviewing, "attendance")
    accept(other, "agenda")
    accept(reviewing, "all")
    assert other.state(ID).counts["open"] == 0
    assert len(claims(own)) == len(set(claims(own))) == other.state(ID).counts["accepted"]
    whole(own)


def test_two_persons_decisions_are_one_union_and_clashes_are_told(own: Path, reviewing: Reviewing) -> None:
    first, second, third = keys(reviewing, "all")[:3]
    reviewing.decide(ID, [{"claim": first, "verdict": "accept"}, {"claim": second, "verdict": "accept"}])
    mine = log.read_log(str(own), ID)
    theirs = [mine[0], {**mine[1], "id": "x1", "verdict": "reject"}, {**mine[0], "id": "x2", "claim": third}]
    clashes = log.merge(str(own), ID, theirs)
    assert [(a["verdict"], b["verdict"]) for a, b in clashes] == [("accept", "reject")]
    assert {d["claim"] for d in log.read_log(str(own), ID)} == {first, second, third}


def test_a_line_that_a_kill_cut_short_is_passed_over(own: Path, reviewing: Reviewing) -> None:
    accept(reviewing, "head")
    with open(log.log_path(str(own), ID), "ab") as stream:
        stream.write(b'{"claim": "abc", "verd')
    count = len(log.read_log(str(own), ID))
    accept(reviewing, "attendance")
    assert len(log.read_log(str(own), ID)) > count
    whole(own)


def test_rules_learn_from_what_was_decided(own: Path, reviewing: Reviewing) -> None:
    from samgraf.ingest.grammar import read_grammars
    from samgraf.ingest.wordlists import WordLists
    from samgraf.review.experience import confidences

    grammars = read_grammars(str(own), WordLists())
    before = confidences(str(own), grammars)["decision"]
    reviewing.decide(ID, [{"claim": k, "verdict": "reject"} for k in keys(reviewing, "decisions")])
    assert confidences(str(own), grammars)["decision"] < before


def test_an_unknown_document_or_claim_is_told(reviewing: Reviewing) -> None:
    with pytest.raises(UnknownNameError, match="referat"):
        reviewing.state("refrat")
    with pytest.raises(UnknownNameError, match="attendance"):
        keys(reviewing, "deltagerne")


def test_the_form_is_filled_in_and_read_back(own: Path, run: Run, tmp_path: Path) -> None:
    shown = run("review", ID, "--yaml", "--workspace", str(own))
    assert shown.code == 0, shown
    first, *others = shown.stdout.split("    verdict:\n")
    filled = f"{first}    verdict: no, tallene er forkerte\n" + "    verdict: yes\n".join(others)
    (tmp_path / "form.yaml").write_text(filled, encoding="utf-8")
    done = run("review", ID, "--decide", str(tmp_path / "form.yaml"), "--workspace", str(own))
    assert done.code == 0, done
    assert "0 open" in done.stderr
    assert any(d.get("reason") == "tallene er forkerte" for d in log.read_log(str(own), ID))
    status = json.loads(run("status", "--format", "json", "--workspace", str(own)).stdout)
    assert [(s["document"], s["open"]) for s in status] == [(ID, 0)]
    assert run("review", "--yaml", "--workspace", str(own)).code == 1


def test_status_counts_and_lists_sentences_with_names_that_no_claim_stands_on(own: Path, run: Run) -> None:
    text = (own / "texts" / f"{ID}.txt").read_text(encoding="utf-8")
    before = json.loads(run("status", "--format", "json", "--workspace", str(own)).stdout)[0]["unclaimed"]
    done = run("review", ID, "--reject", "attendance", "--reason", "prøve", "--workspace", str(own))
    assert done.code == 0, done
    after = json.loads(run("status", "--format", "json", "--workspace", str(own)).stdout)[0]["unclaimed"]
    assert len(after) > len(before)
    assert all(name in one["text"] for one in after for name in one["names"])
    assert all(one["text"].split()[0] in text.split("\n")[one["line"] - 1] for one in after)
    listed = run("status", ID, "--workspace", str(own)).stdout
    assert all(f"texts/{ID}.txt:{one['line']}: " in listed for one in after)
    assert run("status", "refrat", "--workspace", str(own)).code == 2


def test_who_chairs_a_body_is_known_from_the_list_of_its_meeting(own: Path, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "havn.html"
    page.write_text(
        "<h1>Havnerådet i Vandby</h1><p>Referat, mandag den 3. juni 2024</p><h2>Deltagere</h2><ul><li>Anna Bech, udvalgsformand</li>"
        "<li>Bo Dam</li></ul><h2>1. Budget</h2><p>Budgettet blev godkendt.</p><h2>2. Eventuelt</h2><p>Intet.</p>",
        encoding="utf-8",
    )
    assert run("add", str(page), "--workspace", str(own)).code == 0
    assert run("review", "havn", "--accept", "all", "--workspace", str(own)).code == 0
    told = json.loads(
        run("ask", "Hvem er formand for Havnerådet i Vandby?", "--format", "json", "--workspace", str(own)).stdout
    )
    assert [answer["label"] for answer in told["answers"]] == ["Anna Bech"]


def test_a_verdict_that_is_none_is_told_by_line(own: Path, run: Run, tmp_path: Path) -> None:
    shown = run("review", ID, "--yaml", "--workspace", str(own)).stdout.replace("    verdict:", "    verdict: måske")
    (tmp_path / "form.yaml").write_text(shown, encoding="utf-8")
    done = run("review", ID, "--decide", str(tmp_path / "form.yaml"), "--workspace", str(own))
    assert done.code == 3
    assert "'måske' is neither yes nor no" in done.stderr


def test_what_somebody_else_wrote_meanwhile_is_known(own: Path, reviewing: Reviewing) -> None:
    other = Reviewing(str(own))
    other.decide(ID, [{"claim": key, "verdict": "accept"} for key in rows_meant(other.state(ID), ["attendance"])])
    reviewing.decide(ID, [{"claim": key, "verdict": "accept"} for key in rows_meant(reviewing.state(ID), ["agenda"])])
    workspace = load(str(own))
    assert workspace.problems == []
    assert len([e for e in workspace.entities.values() if e.label.da == "Anna Bech"]) == 1


def test_what_is_accepted_is_known_without_reading_the_workspace_again(
    reviewing: Reviewing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samgraf.review.reviewing.load", pytest.fail)
    reviewing.decide(ID, [{"claim": key, "verdict": "accept"} for key in rows_meant(reviewing.state(ID), ["all"])])
    assert reviewing.known.find("Anna Bech", "Person").id == "anna-bech"
