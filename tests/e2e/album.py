"""The pages of `make shots`: for each stage of the demo world the page types that show best in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import Organisation, OwnershipClaim, User
from competitions.models import Announcement
from competitions.queries.access import latest_public_edition
from entries.models import Attachment, Entry
from jianggaosai.demo.people import DOMAIN
from judging.models import Assignment, RoadshowRoom
from results.models import Certificate, Notice, Objection, Placing

Args = Callable[[], list[object]]
# Demo accounts by the first part of their address.
ORGANISER, EXAMINER, JUDGE, CHIEF, OPERATOR, APPLICANT = "organiser", "examiner", "judge01", "chief", "operator", "applicant"


@dataclass(frozen=True)
class Shot:
    """A picture: its file name, the URL name, who looks ("" for nobody), and the URL's arguments."""

    file: str
    url: str
    who: str = ""
    args: Args = list


def person(who: str) -> User:
    return User.objects.get(email=f"{who}@{DOMAIN}")


def edition() -> list[object]:
    """The slug of the current edition; the functions below add the object a page is about."""
    found = latest_public_edition()
    return [found.slug] if found else []


def of(*more: object) -> Args:
    return lambda: [*edition(), *more]


def entry_in(state: str) -> Args:
    return lambda: [*edition(), Entry.objects.filter(state=state).order_by("pk")[0].public_id]


def finalist() -> list[object]:
    """The first project that has a place in the final."""
    placing = Placing.objects.filter(result__round__kind="final", place__isnull=False).order_by("entry__number")[0]
    return [*edition(), "final", placing.entry.number]


def own_entry(*more: object) -> Args:
    """The demo applicant's first project."""
    return lambda: [Entry.objects.filter(created_by=person(APPLICANT)).order_by("pk")[0].public_id, *more]


def own_file() -> list[object]:
    """The first attachment of the demo applicant's."""
    return [Attachment.objects.filter(entry__created_by=person(APPLICANT)).order_by("pk")[0].public_id]


def claimed_organisation() -> list[object]:
    """An organisation that has sent in its licence."""
    return [*edition(), OwnershipClaim.objects.order_by("pk")[0].organisation.public_id]


def own_organisation() -> list[object]:
    return [Organisation.objects.get(memberships__user=person(APPLICANT)).public_id]


def sheet(*, locked: bool) -> Args:
    """A project of the demo judge's, submitted or still to be scored."""

    def args() -> list[object]:
        rows = Assignment.objects.filter(seat__judge=person(JUDGE), state="assigned").order_by("pk")
        submitted = rows.filter(sheet__state="locked")
        return [(submitted if locked else rows.exclude(pk__in=submitted))[0].public_id]

    return args


def announcement() -> list[object]:
    return [*edition(), Announcement.objects.filter(published_at__isnull=False)[0].public_id]


def hall() -> list[object]:
    return [*edition(), RoadshowRoom.objects.get().screen_token]


def notice() -> list[object]:
    return [*edition(), Notice.objects.latest("pk").public_id]


def objection() -> list[object]:
    return [*edition(), Objection.objects.latest("pk").public_id]


def verify_code() -> list[object]:
    return [Certificate.objects.order_by("number")[0].verify_code]


SETUP = ("basics", "schedule", "groups", "entry-rules", "vote-rules", "rounds", "rubrics", "awards", "pages")
ALBUM: dict[str, list[Shot]] = {
    "formality": [
        Shot("my-entry-returned", "entries:my-entry", APPLICANT, own_entry()),
        *[
            Shot(f"register-{step}", "entries:register-step", APPLICANT, own_entry(step))
            for step in ("applicant", "project", "patents", "files", "details", "review")
        ],
        Shot("withdraw", "entries:entry-withdraw", APPLICANT, own_entry()),
        Shot("attachment", "entries:attachment-view", APPLICANT, own_file),
        Shot("formality-queue", "entries:formality-queue", EXAMINER, edition),
        Shot("formality-review", "entries:formality-review", EXAMINER, entry_in("submitted")),
        Shot("organisations", "entries:organisation-list", EXAMINER, edition),
        Shot("organisation-check", "entries:organisation-check", EXAMINER, claimed_organisation),
        Shot("extensions", "entries:extension-list", ORGANISER, edition),
        Shot("judge-invitations", "judging:invitations", ORGANISER, edition),
    ],
    "voting": [
        Shot("front", "front"),
        Shot("accessibility", "accessibility"),
        Shot("sign-in", "account_login"),
        Shot("sign-up", "account_signup"),
        Shot("developer", "dev:index"),
        Shot("edition-home", "competitions:edition-home", args=edition),
        Shot("announcements", "competitions:announcement-list", args=edition),
        Shot("announcement", "competitions:announcement-detail", args=announcement),
        Shot("rules", "competitions:edition-rules", args=edition),
        Shot("privacy", "competitions:edition-privacy", args=edition),
        Shot("home", "accounts:home", APPLICANT),
        Shot("messages", "accounts:messages", APPLICANT),
        Shot("profile", "accounts:profile", APPLICANT),
        Shot("organisation", "accounts:organisation-detail", APPLICANT, own_organisation),
        Shot("organisation-new", "accounts:organisation-create", APPLICANT),
        Shot("my-entry", "entries:my-entry", APPLICANT, own_entry()),
        Shot("register-closed", "entries:register", APPLICANT, edition),
        Shot("gallery", "voting:gallery", args=edition),
        Shot("entry", "voting:entry-detail", args=of(1)),
        Shot("poster", "voting:poster", args=of(1)),
        Shot("vote", "voting:vote", args=edition),
        Shot("board", "voting:board", args=edition),
        Shot("receipt-lookup", "voting:receipt-lookup", args=edition),
        Shot("judge-tasks", "judging:task-list", JUDGE),
        Shot("judge-score", "judging:score", JUDGE, sheet(locked=False)),
        Shot("judge-submitted", "judging:score", JUDGE, sheet(locked=True)),
        Shot("judge-recuse", "judging:recuse", JUDGE, sheet(locked=False)),
        Shot("editions", "console:chooser", ORGANISER),
        Shot("dashboard", "console:dashboard", ORGANISER, edition),
        Shot("journal", "console:journal", ORGANISER, edition),
        Shot("outbox", "console:outbox", ORGANISER, edition),
        Shot("broadcast-new", "console:broadcast-write", ORGANISER, edition),
        Shot("exports", "results:exports", ORGANISER, edition),
        Shot("edition-new", "competitions:edition-create", ORGANISER),
        Shot("setup", "competitions:setup", ORGANISER, edition),
        *[Shot(f"setup-{part}", f"competitions:setup-{part}", ORGANISER, edition) for part in SETUP],
        Shot("roles", "competitions:role-manage", ORGANISER, edition),
        Shot("stages", "competitions:stage-manage", ORGANISER, edition),
        Shot("announcement-manage", "competitions:announcement-manage", ORGANISER, edition),
        Shot("entry-list", "entries:entry-list", ORGANISER, edition),
        Shot("entry-inspect", "entries:entry-inspect", ORGANISER, entry_in("accepted")),
        Shot("vote-monitor", "voting:monitor", ORGANISER, edition),
        Shot("vote-cases", "voting:case-list", ORGANISER, edition),
        Shot("vote-case-new", "voting:case-create", ORGANISER, edition),
        Shot("vote-appeals", "voting:appeal-list", ORGANISER, edition),
        Shot("vote-final", "voting:final-approve", ORGANISER, edition),
        Shot("panel", "judging:panel-manage", ORGANISER, of("preliminary")),
        Shot("progress", "judging:progress", ORGANISER, of("preliminary")),
        Shot("results-pending", "results:results", args=edition),
    ],
    "final": [
        Shot("finalists", "results:finalists", args=edition),
        Shot("ranking-preliminary", "results:ranking", ORGANISER, of("preliminary")),
        Shot("draw-check", "judging:draw-check", args=edition),
        Shot("draw-manage", "judging:draw-manage", OPERATOR, edition),
        Shot("stage-desk", "judging:stage-desk", OPERATOR, edition),
        Shot("screen", "judging:screen", args=hall),
        Shot("judge-live", "judging:live", JUDGE, edition),
        Shot("chair", "judging:chair", CHIEF, edition),
    ],
    "results": [
        Shot("edition-home-after", "competitions:edition-home", args=edition),
        Shot("results", "results:results", args=edition),
        Shot("breakdown", "results:breakdown", args=finalist),
        Shot("notice", "results:notice-detail", args=notice),
        Shot("verify-lookup", "results:verify-lookup"),
        Shot("verify", "results:verify", args=verify_code),
        Shot("own-result", "results:own-result", APPLICANT, own_entry()),
        Shot("own-votes", "voting:own-votes", APPLICANT, own_entry()),
        Shot("ranking-final", "results:ranking", ORGANISER, of("final")),
        Shot("simulator-closed", "results:simulator", ORGANISER, of("final")),
        Shot("statistics", "judging:statistics", ORGANISER, of("final")),
        Shot("notices-manage", "results:notices", ORGANISER, edition),
        Shot("objection", "results:objection-detail", ORGANISER, objection),
        Shot("publicity", "results:publicity", ORGANISER, edition),
        Shot("certificates", "results:certificates", ORGANISER, edition),
        Shot("dashboard-after", "console:dashboard", ORGANISER, edition),
    ],
}
