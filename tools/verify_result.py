#!/usr/bin/env python3
"""Recompute a round result from its exported record alone and say whether it is right.

    python3 verify_result.py record.json [--sha256 <published hash of the record>]

One file, Python standard library only; nothing of the competition's platform is used. It reads the frozen inputs
(rules, marks, votes, decisions), computes every step anew with exact fractions, and compares each figure with the
record. Exit code 0: everything agrees; 1: a fault, which is named. Without --sha256 it cannot notice a record whose
inputs were altered and which was then computed anew: compare the hash it prints with the one that was published.
"""

import argparse
import hashlib
import json
import sys
from collections import Counter
from decimal import Context, Decimal
from fractions import Fraction
from pathlib import Path

FORMAT = "jianggaosai-result/1"
INPUT_FORMAT = "jianggaosai-result-input/1"
SHOWN_FAULTS = 20
LEFT = ("declined", "struck")
RANKED = ("competing", *LEFT)


class Unusable(Exception):
    """The record cannot be computed at all; the text says why."""


# ---- reading ----------------------------------------------------------------------------------------------------


def no_float(text):
    raise Unusable(f"记录中不得有浮点数：{text}。分数应写成文本。")


def no_twice(pairs):
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise Unusable(f"记录中同一处重复出现“{twice[0]}”。")
    return dict(pairs)


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def sha256(value):
    return hashlib.sha256(canonical(value)).hexdigest()


def number(text):
    if not isinstance(text, str):
        raise Unusable(f"分数应写成文本，现为 {text!r}。")
    value = Decimal(text)
    if not value.is_finite() or abs(value.adjusted()) > 40:
        raise Unusable(f"不是可用的数：{text}。")
    return Fraction(value)


def plain(value):
    """A fraction written out in full, without superfluous zeros."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
        if places > 40:
            raise Unusable("有一个数不能写成有限小数。")
    return fixed(value, places)


def fixed(value, places):
    """A fraction rounded half up to so many decimals, as text."""
    units = int(abs(value) * 10**places + Fraction(1, 2))
    digits = str(units).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 and units else text


# ---- the steps --------------------------------------------------------------------------------------------------


def check_input(data):
    """Faults of the inputs themselves: rules that are none, entries or sheets named twice."""
    if data["format"] != INPUT_FORMAT:
        raise Unusable(f"输入格式未知：{data['format']}。")
    rules = data["rule_set"]
    if rules["version"] != 1 or sum(number(weight) for weight in rules["weights"].values()) != 1:
        raise Unusable("规则版本未知，或各部分权重之和不为 1。")
    if set(rules["weights"]) - {"panel", "public_vote"}:
        raise Unusable("规则中有未知的计分部分。")
    groups = [group["code"] for group in data["groups"]]
    for what, codes in (
        ("组别", groups),
        ("项目", [entry["code"] for entry in data["entries"]]),
        ("评分表", [(sheet["entry"], sheet["judge"]) for sheet in data["sheets"]]),
    ):
        twice = [code for code, count in Counter(codes).items() if count > 1]
        if twice:
            raise Unusable(f"{what}重复：{twice[0]}。")
    strangers = {entry["group"] for entry in data["entries"]} - set(groups)
    strangers |= {sheet["entry"] for sheet in data["sheets"]} - {entry["code"] for entry in data["entries"]}
    if strangers:
        raise Unusable(f"出现未登记的组别或项目：{'、'.join(sorted(strangers))}。")


def ranked_codes(data, group=None):
    return sorted(
        entry["code"]
        for entry in data["entries"]
        if entry["status"] in RANKED and group in (None, entry["group"])
    )


def sheet_total(sheet, rubric):
    if sheet["scores"] is None:
        return None
    if set(sheet["scores"]) != {line["code"] for line in rubric}:
        raise Unusable(f"{sheet['judge']} 给项目 {sheet['entry']} 的评分缺项或多项。")
    total = Fraction(0)
    for line in rubric:
        score = number(sheet["scores"][line["code"]])
        if not 0 <= score <= number(line["max"]) or score % number(line["step"]):
            raise Unusable(f"{sheet['judge']} 给项目 {sheet['entry']} 的“{line['name']}”超出范围或不在档上。")
        total += score * number(line["weight"])
    return total


def judge_totals(data):
    """Entry → list of (judge, total or None), judges in order."""
    rubric_of = {entry["code"]: data["rubrics"][entry["rubric"]] for entry in data["entries"]}
    found = {code: [] for code in ranked_codes(data)}
    for sheet in sorted(data["sheets"], key=lambda one: (one["entry"], one["judge"])):
        total = sheet_total(sheet, rubric_of[sheet["entry"]])
        if sheet["entry"] in found:
            found[sheet["entry"]].append((sheet["judge"], total))
    return found


def round_method(data, totals):
    rule = data["rule_set"]["panel"]
    counts = [sum(1 for _, total in row if total is not None) for row in totals.values()]
    if 0 in counts:
        raise Unusable("有项目没有任何有效评分。")
    enough = [count >= rule["min_marks"] for count in counts]
    decided = any(one["kind"] == "plain_mean" for one in data["decisions"])
    if rule["method"] == "plain" or decided or not any(enough):
        return "plain", decided
    if not all(enough):
        raise Unusable("个别项目评分不足，却没有评委组长的决定。")
    return "trimmed", decided


def panel_scores(data, totals, method):
    rule = data["rule_set"]["panel"]
    high, low = (rule["drop_high"], rule["drop_low"]) if method == "trimmed" else (0, 0)
    rows = {}
    for code, row in totals.items():
        kept = [(judge, total) for judge, total in row if total is not None]
        everything = [total for _, total in kept]
        lows, highs = [], []
        for _ in range(low):
            lows.append(kept.pop(min(range(len(kept)), key=lambda i: kept[i][1]))[0])
        for _ in range(high):
            highs.append(kept.pop(max(range(len(kept)), key=lambda i: (kept[i][1], i)))[0])
        if not kept:
            raise Unusable(f"项目 {code} 去分后一个评分也不剩。")
        rows[code] = {
            "score": fixed(sum(total for _, total in kept) / len(kept), rule["places"]),
            "kept": [judge for judge, _ in kept],
            "dropped_high": sorted(highs),
            "dropped_low": sorted(lows),
            "left_out": [judge for judge, total in row if total is None],
            "untrimmed_sum": plain(sum(everything)),
            "untrimmed_mean": fixed(sum(everything) / len(everything), rule["places"]),
        }
    return rows


def vote_points(method, votes, most, place, field):
    if method == "none":
        return None
    if most == 0:
        return fixed(Fraction(0), 2)
    if method == "log":
        wide = Context(prec=80)
        share = wide.divide(wide.ln(Decimal(1 + votes)), wide.ln(Decimal(1 + most)))
        return fixed(100 * Fraction(share), 2)
    points = {
        "max": Fraction(100 * votes, most),
        "rank": Fraction(100 * (field - place + 1), field),
        "steps": max(Fraction(0), 10 - Fraction(place - 1, 2)),
    }
    return fixed(points[method], 2)


def vote_step(data):
    rules = data["rule_set"]
    method = rules["public_vote"]
    if method == "none" and all(award["basis"] != "votes" for award in rules["awards"]):
        return None
    groups, entries = {}, {}
    for group in (one["code"] for one in data["groups"]):
        codes = ranked_codes(data, group)
        votes = {code: data["votes"][code] for code in codes}
        most = max(votes.values(), default=0)
        groups[group] = {"most": most, "field": len(codes)}
        for code in codes:
            place = 1 + sum(1 for other in votes.values() if other > votes[code])
            points = vote_points(method, votes[code], most, place, len(codes))
            entries[code] = {"votes": votes[code], "place": place, "points": points}
    return {"method": method, "groups": groups, "entries": entries}


def total_step(data, panel, votes):
    rules = data["rule_set"]
    rows = {}
    for code, row in panel.items():
        parts, total = {}, Fraction(0)
        for part, weight in rules["weights"].items():
            if number(weight) == 0:
                continue
            value = row["score"] if part == "panel" else votes["entries"][code]["points"]
            product = number(value) * number(weight)
            parts[part] = {"value": value, "weight": weight, "product": plain(product)}
            total += product
        rows[code] = {"parts": parts, "total": fixed(total, rules["total_places"])}
    return rows


def split_ties(codes, keys, chain, step, passed):
    """Best first: (entries that stay equal, the step that set a single one apart, steps passed over)."""
    if len(codes) == 1:
        return [(codes, chain[max(step - 1, 0)], passed)]
    if step == len(chain):
        return [(codes, None, passed)]
    name = chain[step]
    if any(keys[code][name] is None for code in codes):
        return split_ties(codes, keys, chain, step + 1, [*passed, name])
    classes = {}
    for code in codes:
        classes.setdefault(number(keys[code][name]), []).append(code)
    found = []
    for value in sorted(classes, reverse=True):
        found += split_ties(classes[value], keys, chain, step + 1, passed)
    return found


def ranking_step(data, panel, totals, group):
    chain = data["rule_set"]["tie_chain"]
    codes = ranked_codes(data, group)
    keys = {}
    marks = {code: sum(len(panel[code][name]) for name in ("kept", "dropped_high", "dropped_low")) for code in codes}
    for code in codes:
        known = {
            "total": totals[code]["total"],
            "panel": panel[code]["score"],
            "untrimmed_sum": panel[code]["untrimmed_sum"] if marks[code] == max(marks.values()) else None,
            "untrimmed_mean": panel[code]["untrimmed_mean"],
            "prior_total": data["prior_totals"].get(code),
        }
        keys[code] = {name: known[name] for name in chain}
    rows = []
    for members, decided, passed in split_ties(codes, keys, chain, 0, []) if codes else []:
        place = len(rows) + 1
        for code in members:
            rows.append(
                {
                    "entry": code,
                    "place": place,
                    "shared": len(members) > 1,
                    "decided_by": decided,
                    "passed_over": passed,
                    "keys": keys[code],
                }
            )
    return rows


# ---- the outcome ------------------------------------------------------------------------------------------------


def advance_quota(rule, field):
    wanted = rule["top_n"] if rule["method"] == "top_n" else int(field * number(rule["percent"]) / 100)
    wanted = max(wanted, rule["min"])
    if rule["max"] is not None:
        wanted = min(wanted, rule["max"])
    return min(wanted, field)


def advance_step(data, rows, group):
    rules = data["rule_set"]["advance"]
    rule = rules.get(group, rules.get("*"))
    state = {entry["code"]: entry["status"] for entry in data["entries"] if entry["group"] == group}
    byes = sorted(code for code, status in state.items() if status == "bye")
    if len(byes) > (rule["byes"] if rule else 0):
        raise Unusable(f"组别 {group} 的直接晋级超过规则允许的个数。")
    if rule is None:
        return None
    quota = advance_quota(rule, len(rows))
    line = [row for row in rows if not (rule["backfill"] and state[row["entry"]] in LEFT)]
    going = [row for row in line if sum(1 for other in line if other["place"] < row["place"]) < quota]
    cut = going[-1]["place"] if going else None
    return {
        "field": len(rows),
        "quota": quota,
        "cut_place": cut,
        "tied_at_cut": [row["entry"] for row in going if row["place"] == cut] if len(going) > quota else [],
        "advanced": [row["entry"] for row in going if state[row["entry"]] not in LEFT],
        "byes": byes,
        "declined": [row["entry"] for row in rows if state[row["entry"]] in LEFT],
    }


def award_classes(award, rows, totals, votes, holders, gone):
    """Entries that may win the award, best first, those of one place together; all together where it is chosen."""
    if award["basis"] == "votes":
        counts = {row["entry"]: votes["entries"][row["entry"]]["votes"] for row in rows}
        order = {code: -count for code, count in counts.items() if count}
    else:
        order = {row["entry"]: row["place"] for row in rows}
    classes = {}
    for code in sorted(order):
        held = code in holders and not award["stackable"]
        low = award["min_total"] is not None and number(totals[code]["total"]) < number(award["min_total"])
        if not held and not low and not (code in gone and award["basis"] == "choice"):
            classes.setdefault(order[code], []).append(code)
    ordered = [classes[key] for key in sorted(classes)]
    if award["basis"] == "choice" and ordered:
        return [[code for one in ordered for code in one]]
    return ordered


def tie_choice(award, tied, free, decisions):
    """Who of the tied entries gets the award; None when the committee has still to decide."""
    picks = award["basis"] == "choice"
    chosen = [sorted(one["entries"]) for one in decisions if one["kind"] != "award_vacant"]
    if any((one["kind"] == "award_choice") != picks for one in decisions if one["kind"] != "award_vacant"):
        raise Unusable(f"“{award['name']}”的决定种类与评定依据不符。")
    if not chosen:
        return tied if award["tie"] == "share" and not picks else None
    full = (min(free, len(tied)),) if picks else (free, len(tied))
    fits = len(chosen[0]) in full or (award["may_stay_vacant"] and 0 < len(chosen[0]) < free)
    if len(chosen) > 1 or not fits or not set(chosen[0]) <= set(tied):
        raise Unusable(f"“{award['name']}”的并列决定与实际并列不符。")
    return chosen[0]


def give_award(award, quota, classes, decisions, gone):
    """(winners, sharing beyond the quota, still tied, entries that gave up and keep their place from others)."""
    free = quota - sum(one["count"] for one in decisions if one["kind"] == "award_vacant")
    if free < 0 or (free < quota and not award["may_stay_vacant"]):
        raise Unusable(f"“{award['name']}”的空缺决定不符合规则。")
    winners, passed = [], []
    for tied in classes:
        if free == 0:
            break
        alive = [code for code in tied if code not in gone]
        passed += [code for code in tied if code in gone]
        if len(alive) > free or award["basis"] == "choice":
            chosen = tie_choice(award, alive, free, decisions)
            if chosen is None:
                return winners, [], alive, passed
            return winners + chosen, chosen if len(chosen) > free else [], [], passed
        winners += alive
        free = max(free - (len(alive) if award.get("backfill", False) else len(tied)), 0)
    return winners, [], [], passed


def award_status(award, vacant, tied):
    if tied:
        return "committee"
    return "unfilled" if vacant and not award["may_stay_vacant"] else "decided"


def award_step(data, rows, totals, votes, group):
    found, holders, waiting = [], set(), False
    gone = {entry["code"] for entry in data["entries"] if entry["status"] in LEFT}
    for award in data["rule_set"]["awards"]:
        quota = award["quotas"].get(group, award["quotas"].get("*", 0))
        row = {"group": group, "award": award["code"], "name": award["name"], "quota": quota}
        if waiting and not award["stackable"]:
            empty = {"winners": [], "shared": [], "vacant": 0, "tied": []}
            found.append({**row, **empty, "status": "waiting" if quota else "decided"})
            continue
        decisions = [
            one for one in data["decisions"] if one.get("group") == group and one.get("award") == award["code"]
        ]
        classes = award_classes(award, rows, totals, votes, holders, gone)
        winners, shared, tied, passed = give_award(award, quota, classes, decisions, gone)
        vacant = 0 if tied else max(quota - len(winners), 0)
        outcome = {"winners": winners, "shared": shared, "vacant": vacant, "tied": tied}
        found.append({**row, **outcome, "status": award_status(award, vacant, tied)})
        if not award["stackable"]:
            holders.update(winners, passed)
            waiting = bool(tied)
    return found


def recompute(data):
    """Steps and output from the inputs alone."""
    check_input(data)
    groups = [group["code"] for group in data["groups"]]
    marks = judge_totals(data)
    method, decided = round_method(data, marks)
    panel = panel_scores(data, marks, method)
    votes = vote_step(data)
    totals = total_step(data, panel, votes)
    ranking = {group: ranking_step(data, panel, totals, group) for group in groups}
    awards = [row for group in groups for row in award_step(data, ranking[group], totals, votes, group)]
    steps = {
        "judge_totals": [
            {"entry": code, "judge": judge, "total": None if total is None else plain(total)}
            for code, row in marks.items()
            for judge, total in row
        ],
        "panel": {"method": method, "plain_decided": decided, "entries": panel},
        "votes": votes,
        "totals": totals,
        "ranking": ranking,
    }
    output = {
        "placings": [
            {
                "group": group,
                "entry": row["entry"],
                "place": row["place"],
                "shown": f"{row['place']}=" if row["shared"] else str(row["place"]),
                "total": totals[row["entry"]]["total"],
                "decided_by": row["decided_by"],
            }
            for group in groups
            for row in ranking[group]
        ],
        "advance": {group: advance_step(data, ranking[group], group) for group in groups},
        "awards": awards,
        "open": [
            {key: row[key] for key in ("group", "award", "status", "tied")}
            for row in awards
            if row["status"] != "decided"
        ],
    }
    return steps, output


# ---- comparing --------------------------------------------------------------------------------------------------


def differences(shown, right, path):
    """One sentence for every place where the record differs from what was computed."""
    if isinstance(shown, dict) and isinstance(right, dict):
        keys = sorted(set(shown) | set(right))
        missing = object()
        return [
            fault
            for key in keys
            for fault in differences(shown.get(key, missing), right.get(key, missing), f"{path}.{key}")
        ]
    if isinstance(shown, list) and isinstance(right, list) and len(shown) == len(right):
        return [
            fault
            for place, (one, other) in enumerate(zip(shown, right, strict=True))
            for fault in differences(one, other, f"{path}[{place}{named(other)}]")
        ]
    if type(shown) is type(right) and shown == right:
        return []
    return [f"{path}：记录为 {said(shown)}，重算为 {said(right)}。"]


def named(row):
    return f" {row['entry']}" if isinstance(row, dict) and "entry" in row else ""


def said(value):
    return "（无）" if type(value) is object else json.dumps(value, ensure_ascii=False)


def faults_of(record):
    members = {
        "format", "input", "input_sha256", "rule_set_sha256", "rule_text", "steps", "output", "output_sha256",
    }
    if not isinstance(record, dict) or set(record) != members or record["format"] != FORMAT:
        raise Unusable(f"这不是 {FORMAT} 格式的计算记录，或成员不全。")
    steps, output = recompute(record["input"])
    faults = [
        f"{name}：记录为 {record[name]}，重算为 {sha256(value)}；该部分被改动过。"
        for name, value in (
            ("input_sha256", record["input"]),
            ("rule_set_sha256", record["input"]["rule_set"]),
            ("output_sha256", record["output"]),
        )
        if record[name] != sha256(value)
    ]
    faults += differences(record["steps"], steps, "steps") + differences(record["output"], output, "output")
    return faults


def verify(path, published):
    """(faults, hash of the record)."""
    text = Path(path).read_bytes().decode("utf-8")
    record = json.loads(text, parse_float=no_float, parse_constant=no_float, object_pairs_hook=no_twice)
    faults = faults_of(record)
    found = sha256(record)
    if published and published.lower() != found:
        faults.insert(0, f"记录的哈希为 {found}，与公布的 {published} 不同：这不是公布的那份记录。")
    return faults, found


def main():
    parser = argparse.ArgumentParser(description="独立重算一轮比赛的结果")
    parser.add_argument("record", help="导出的计算记录（JSON）")
    parser.add_argument("--sha256", default="", help="公布的记录哈希")
    options = parser.parse_args()
    try:
        faults, found = verify(options.record, options.sha256)
    except Unusable as reason:
        faults, found = [str(reason)], ""
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError) as reason:
        faults, found = [f"记录读不出或不完整：{type(reason).__name__} {reason}。"], ""
    if faults:
        print(f"不通过：发现 {len(faults)} 处问题。")
        print("\n".join(f"  {fault}" for fault in faults[:SHOWN_FAULTS]))
        return 1
    print("通过：每一步和最终结果均与重算一致。")
    print(f"  记录哈希 {found}")
    print("  " + ("与公布的哈希一致。" if options.sha256 else "请与公布的哈希核对。"))
    print("  rule_text 是说明文字，不参与计算；以 rule_set 各项设置为准。")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
