"""The minutes of a draw, to be signed: who took part, what was drawn, how, under whose eyes."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from core.canonical import sha256_hex
from core.dates import moment
from core.documents import render_pdf
from core.qr import qr_rows
from judging.models import Draw
from judging.queries.draw import labels_withdrawn
from judging.queries.draw_page import view_draw


def minutes_pdf(draw: Draw, *, at: datetime) -> bytes:
    """The minutes of a draw that took place."""
    view = view_draw(draw)
    staff = {one.entry_id for one in draw.positions.all() if one.is_drawn_by_staff}
    facts = [
        ["组别", draw.group.name],
        ["方式", draw.get_method_display() + (f"，第 {draw.attempt} 次" if draw.attempt > 1 else "")],
        ["抽签时间", moment(draw.drawn_at) if draw.drawn_at else ""],
        ["见证人", draw.witness],
    ]
    if draw.reason:
        facts.append(["重抽原因", draw.reason])
    if view.is_computed:
        facts.append(["承诺书", f"{moment(draw.prepared_at)} 公布，SHA-256 {sha256_hex(draw.commitment.encode())}"])
        facts += [["公开数值", f"{source}：{value}"] for source, value in view.values]
        facts.append(["开签码", draw.code])
    absent = labels_withdrawn(draw)
    if absent:
        facts.append(["退出的项目", "、".join(absent)])
    data = {
        "title": f"{draw.round.edition.name}{draw.round.name}路演顺序抽签记录",
        "facts": facts,
        "rows": [[str(position), label, "工作人员代抽" if entry.pk in staff else ""] for position, label, entry in view.rows],
        "signs": ["主持人", "见证人", "监督人员", "参赛单位代表"],
        "printed": moment(at),
        "qr": qr_rows(settings.SITE_URL + reverse("judging:draw-check", args=[draw.round.edition.slug])),
    }
    return render_pdf("judging/draw_minutes", data, at=at)
