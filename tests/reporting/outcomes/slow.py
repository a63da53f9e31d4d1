"""The same counts by another way: every row read one by one, nothing but plain Python."""

from collections import Counter, defaultdict
from datetime import date

from tragnetz.casework.claims.rules import Grant, money
from tragnetz.casework.coaching.models import Application, Coaching, Placement
from tragnetz.casework.models import Case, CaseContact, Claim, Closing, Feedback, Goal, Rating, Task
from tragnetz.core.months import months_later
from tragnetz.referrals.models import Referral
from tragnetz.reporting.lines.line import lines
from tragnetz.reporting.models import Participation


def _flag(value) -> str:
    return "t" if value else "f"


def recount(network, filters, now):  # noqa: C901, PLR0912, PLR0915 -- one plain loop after the other
    """Return for each group what `tally.count` should."""
    today = now.astimezone(network.zone).date()
    since, until = date(1900, 1, 1), today
    if filters.year:
        since, until = date(filters.year, 1, 1), date(filters.year, 12, 31)
        if filters.quarter:
            since = date(filters.year, 3 * filters.quarter - 2, 1)
            until = date.fromordinal(months_later(since, 3).toordinal() - 1)
        until = min(until, today)
    cases = {
        case.pk: case
        for case in Case.objects.select_related("enquiry__district", "organisation", "programme")
        if _wanted(case, filters)
    }
    found = defaultdict(Counter)
    group = {pk: _group(case, filters.split) for pk, case in cases.items()}

    def local(at):
        return at.astimezone(network.zone).date()

    def fits(case_id, day):
        return case_id in cases and max(since, cases[case_id].opened_on) <= day <= until

    for pk, case in cases.items():
        if case.opened_on <= until and (case.closed_on is None or case.closed_on >= since):
            found[group[pk]]["case"] += 1
    _ratings(found, cases, group, since, until)
    for goal in Goal.objects.prefetch_related("reviews"):
        if goal.ended_on and fits(goal.case_id, goal.ended_on):
            found[group[goal.case_id]][f"goal|{goal.domain or 'none'}|{goal.state}"] += 1
            reviews = sorted(goal.reviews.all(), key=lambda row: (row.held_on, row.pk))
            if reviews:
                found[group[goal.case_id]][f"attainment|{reviews[-1].attainment}"] += 1
    for claim in Claim.objects.prefetch_related("moves"):
        if fits(claim.case_id, local(claim.created_at)):
            found[group[claim.case_id]][_claim(claim)] += 1
    _money(found, cases, group, since, until)
    for row in Referral.objects.exclude(requested_at=None):
        if fits(row.case_id, local(row.requested_at)):
            _referral(found[group[row.case_id]], row, local, now)
    in_case = dict(Coaching.objects.values_list("pk", "case_id"))
    for row in Coaching.objects.all():
        if fits(row.case_id, row.started_on):
            found[group[row.case_id]][f"coached|{_flag(row.placements.exists())}"] += 1
    for row in Application.objects.prefetch_related("interviews"):
        pk = in_case[row.coaching_id]
        if fits(pk, row.sent_on):
            talked = row.state in {"interview", "offer", "placed"} or bool(row.interviews.all())
            found[group[pk]][f"application|{row.state}|{_flag(talked)}"] += 1
    for row in Placement.objects.all():
        pk = in_case[row.coaching_id]
        if fits(pk, row.starts_on):
            found[group[pk]][f"placement|{row.kind}"] += 1
            for months, kept in ((3, row.kept_3), (6, row.kept_6)):
                if months_later(row.starts_on, months) <= today:
                    found[group[pk]][f"kept|{months}|{kept or 'none'}"] += 1
    contacts = list(CaseContact.objects.all())
    for row in contacts:
        if fits(row.case_id, row.held_on):
            found[group[row.case_id]][f"contact|{row.kind}"] += 1
            found[group[row.case_id]][f"minutes|{row.kind}"] += row.minutes
    for row in Closing.objects.filter(reopened_on=None):
        if fits(row.case_id, row.closed_on):
            found[group[row.case_id]][f"exit|{row.reason}|{row.result}"] += 1
            talks = [
                one
                for one in contacts
                if one.case_id == row.case_id and one.kind != "alone" and one.held_on >= cases[row.case_id].opened_on
            ]
            found[group[row.case_id]][f"talks|{len(talks)}"] += 1
    for row in Task.objects.filter(kind__startswith="after_"):
        if fits(row.case_id, row.due_on):
            found[group[row.case_id]][f"aftercare|{row.kind}|{_flag(row.done_on)}"] += 1
            if row.answer:
                found[group[row.case_id]][f"aftersaid|{row.kind}|{row.answer}"] += 1
    _feedback(found, filters, since, until)
    _results(found, filters, since, until)
    return {name: counted for name, counted in found.items() if +counted}


def _wanted(case, filters):
    if case.merged_into_id or case.restricted_on:
        return False
    enquiry = case.enquiry
    if filters.district and not (enquiry and enquiry.district and enquiry.district.key == filters.district):
        return False
    if filters.topic and case.topic != filters.topic:
        return False
    if filters.organisation and case.organisation.key != filters.organisation:
        return False
    takes = {row.programme.key for row in case.participations.all()} | {case.programme.key if case.programme else ""}
    return not filters.programme or filters.programme in takes


def _group(case, split):
    if split == "bezirk":
        return case.enquiry.district.key if case.enquiry and case.enquiry.district else ""
    return {"thema": case.topic, "organisation": case.organisation.key, "": ""}[split]


def _ratings(found, cases, group, since, until):  # noqa: C901 -- as above
    looks = defaultdict(list)
    for rating in Rating.objects.prefetch_related("lines"):
        case = cases.get(rating.case_id)
        if case is None or not case.opened_on <= rating.rated_on <= until:
            continue
        for line in rating.lines.all():
            for side, level in (("ours", line.level), ("own", line.own_level)):
                if level is not None:
                    looks[case.pk, line.compartment_id, side, line.domain].append((rating.rated_on, rating.pk, level))
    twice, ways = {}, Counter()
    for (pk, part, side, domain), seen in looks.items():
        seen.sort()
        first, last = seen[0], seen[-1]
        if last[0] < since:
            continue
        has_two = first[0] < last[0]
        if side == "ours" and (cases[pk].closed_on is None or cases[pk].closed_on >= since):
            twice[pk] = twice.get(pk, False) or has_two
        if has_two:
            found[group[pk]][f"pair|{side}|{domain}|{first[2]}|{last[2]}"] += 1
            ways[pk, part, side] += (last[2] > first[2]) - (last[2] < first[2])
        else:
            found[group[pk]][f"single|{side}|{domain}"] += 1
    for pk, has_two in twice.items():
        found[group[pk]][f"rated|{_flag(has_two)}"] += 1
    for (pk, _part, side), way in ways.items():
        found[group[pk]][f"moved|{side}|{(way > 0) - (way < 0)}"] += 1


def _claim(claim):
    held = [
        move for move in sorted(claim.moves.all(), key=lambda row: (row.recorded_at, row.pk)) if move.undone_at is None
    ]
    decisions = [move.state for move in held if move.state in {"granted", "refused"}]
    was_sent = any(move.state in {"sent", "asked_back", "granted", "refused", "objection"} for move in held)
    stage = "open"
    if decisions and decisions[-1] == "granted":
        stage = "granted"
    elif claim.state == "objection":
        stage = "objection"
    elif decisions:
        stage = "refused"
    elif claim.state == "withdrawn":
        stage = "withdrawn"
    return f"claim|{_flag(claim.renews_id)}|{claim.benefit}|{_flag(was_sent)}|{stage}"


def _money(found, cases, group, since, until):
    """Money by casework's own rule, one claim after the other."""
    paid, paying = defaultdict(set), defaultdict(set)
    for claim in Claim.objects.filter(case__in=cases).prefetch_related("moves"):
        held = [
            move
            for move in sorted(claim.moves.all(), key=lambda row: (row.recorded_at, row.pk))
            if move.undone_at is None
        ]
        grants = [Grant(row.rhythm, row.amount, row.from_on, row.until_on) for row in held if row.state == "granted"]
        stops = [row.happened_on for row in held if row.state == "lapsed"]
        name = group[claim.case_id]
        for one in money(grants, until, stops[-1] if stops else None):
            if one.day < since:
                continue
            cents = int(one.amount * 100)
            found[name][f"eur|{claim.benefit}|{one.rhythm}"] += cents
            paid[name, claim.benefit].add(claim.case_id)
            paid[name, None].add(claim.case_id)
            if one.rhythm == "month" and _goes_past(grants, one.day, until):
                found[name][f"running|{claim.benefit}"] += cents
                paying[name].add(claim.case_id)
    for (name, benefit), ids in paid.items():
        found[name]["paid" if benefit is None else f"paid|{benefit}"] += len(ids)
    for name, ids in paying.items():
        found[name]["paying"] += len(ids)


def _goes_past(grants, day, until):
    """Whether the month that begins on a day is not over on the last day of the period."""
    steps = [
        (months_later(one.from_on, number), months_later(one.from_on, number + 1))
        for one in grants
        for number in range(120)
    ]
    return any(begins == day and ends > until for begins, ends in steps)


def _referral(counted, row, local, now):
    came = bool(row.came_at) or row.state == "completed"
    gave_up = row.answered_at == row.ended_at and (row.state == "cancelled" or row.outcome == "no_answer")
    answered = row.answered_at is not None and not gave_up
    accepted = row.state in {"accepted", "in_progress", "on_hold", "completed"} or came
    if row.state in {"failed", "cancelled"} and answered and row.answered_at < row.ended_at:
        accepted = True
    words = (row.state, _flag(accepted), _flag(came), row.outcome or "none", row.told or "none")
    counted["referral|" + "|".join(words)] += 1
    if row.state == "rejected":
        counted[f"refusal|{row.refusal}"] += 1
    if row.basis != "carried":
        days = (local(row.answered_at or now) - local(row.requested_at)).days
        counted[f"reply|{max(days, 0)}|{_flag(answered)}"] += 1


def _feedback(found, filters, since, until):
    if filters.district or filters.topic or filters.programme:
        return
    for row in Feedback.objects.select_related("organisation"):
        mine = not filters.organisation or row.organisation.key == filters.organisation
        if mine and since.replace(day=1) <= row.month <= until:
            name = row.organisation.key if filters.split == "organisation" else ""
            for question in ("understood", "better", "again"):
                if (answer := getattr(row, question)) is not None:
                    found[name][f"feedback|{question}|{answer}"] += 1


def _results(found, filters, since, until):
    for row in Participation.objects.select_related("programme", "district", "organisation"):
        line = lines().get(row.programme.line)
        if line is None or not row.is_countable or row.left_on is None or not since <= row.left_on <= until:
            continue
        given = {"district": row.district and row.district.key, "topic": row.topic, "organisation": row.organisation.key,
                 "programme": row.programme.key}  # fmt: skip
        if any(getattr(filters, name) not in {"", value} for name, value in given.items()):
            continue
        found[""][f"left|{row.programme.key}"] += 1
        told = {one.moment: one.answers for one in row.moments.all()}
        for indicator in line.indicators:
            if indicator.kind == "output":
                continue
            moment = "six_months" if indicator.kind == "longer" else "exit"
            could = all(one.holds(told.get(one.at, {}).get(one.question)) for one in indicator.base)
            if moment in told and could:
                found[""][f"result|{row.programme.key}|{indicator.code}|{indicator.code in row.codes}"] += 1
