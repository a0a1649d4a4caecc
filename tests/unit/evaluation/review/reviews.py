"""Reviews at every point of the procedure, made of steps as the domain makes them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from contracts.calendar import CST, instant, midnight
from contracts.evaluation.reviews import ReviewStep
from contracts.vocabulary import PanelVote
from services.evaluation.domain import Fact, Standing
from services.evaluation.domain.review import closing, objections, opening, panel
from services.evaluation.domain.review.file import apply
from services.evaluation.domain.review.snapshot import standings_of
from services.evaluation.domain.review.state import Review
from tests.unit.evaluation.histories import hubei

OPENED = datetime(2025, 12, 1, 9, 0, tzinfo=CST)
KNOWN = instant(OPENED)
SOCIETIES = ("A-01", "A-02", "B-01")
FIRST, SECOND = (f"01980000-0000-7000-8000-00000000000{number}" for number in (1, 2))


def fact(number: int, event: str, society: str, on: date, recorded: str, **data: object) -> Fact:
    id_ = f"00000000-0000-7000-8000-{number:012d}"
    return Fact.make(
        id=id_, type=f"{event}.v1", subject=society, time=instant(midnight(on)), recorded=recorded, data=data
    )


def facts() -> list[Fact]:
    registered = [
        fact(
            place, "membership.society-registered", society, date(2020, 1, 1), KNOWN, name=society, discipline="science"
        )
        for place, society in enumerate(SOCIETIES)
    ]
    meeting = {"meeting": "m", "organ": "council", "entitled": 9, "present": 9}
    late = fact(99, "membership.meeting-held", "A-01", date(2025, 6, 1), instant(at(3)), **meeting)
    return [*registered, late]


def at(days: int, hour: int = 9) -> datetime:
    """An hour so many days after the opening."""
    return OPENED.replace(hour=hour) + timedelta(days=days)


class Story:
    """A review that goes on step by step."""

    def __init__(self) -> None:
        self.steps: list[ReviewStep] = []
        self.review: Review

    def then(self, *steps: ReviewStep) -> "Story":
        for step in steps:
            self.review = apply(self.review if self.steps else None, step)
            self.steps.append(step)
        return self

    def standings(self, admitted: Sequence[str] = ()) -> list[Standing]:
        return standings_of(facts(), hubei(), self.review, known_at=KNOWN, admitted=admitted)


def opened() -> Story:
    terms = {"publish_by": date(2025, 12, 15), "objection_days": 7, "answer_days": 30}
    return Story().then(opening.open_review("review-2025", hubei(), date(2025, 11, 30), **terms, at=OPENED))


def frozen() -> Story:
    story = opened()
    return story.then(
        opening.freeze(story.review, story.standings(), known_at=KNOWN, positions={"membership/0": 3}, at=at(0, 10))
    )


def published(members: int = 7) -> Story:
    story = frozen()
    story.then(panel.seat(story.review, [f"p-{number}" for number in range(1, members + 1)], at=at(0, 11)))
    return story.then(*opening.publish(story.review, story.standings(), hubei(), at=at(0, 12)))


def objected(members: int = 7, *, objector: str = "A-01", about: str = "A-01", id_: str = FIRST) -> Story:
    story = published(members)
    return story.then(objection(story, objector=objector, about=about, id_=id_))


def objection(
    story: Story, *, objector: str = "A-01", about: str = "A-01", id_: str = FIRST, day: int = 1
) -> ReviewStep:
    return objections.raise_objection(
        story.review,
        id_,
        objector=objector,
        about=about,
        indicator=None,
        text="会议未计入",
        societies=SOCIETIES,
        indicators={"salons"},
        at=at(day),
    )


def voted(members: int, uphold: int, dismiss: int = 0, abstain: int = 0) -> Story:
    story = objected(members)
    choices = [PanelVote.UPHOLD] * uphold + [PanelVote.DISMISS] * dismiss + [PanelVote.ABSTAIN] * abstain
    for number, choice in enumerate(choices, start=1):
        story.then(panel.vote(story.review, FIRST, f"p-{number}", choice, posts=(), at=at(2)))
    return story


def decided(*, upheld: bool = True) -> Story:
    story = voted(7, uphold=4 if upheld else 3, dismiss=1 if upheld else 2)
    return story.then(*panel.decide(story.review, FIRST, posts={}, at=at(4)))


def sent(*, upheld: bool = True) -> Story:
    story = decided(upheld=upheld)
    return story.then(objections.send_decision(story.review, FIRST, at=at(5)))


def revised() -> Story:
    story = sent()
    admitted = closing.admissible(story.review, FIRST, facts(), [facts()[-1].id])
    before, after = story.standings(), story.standings(admitted)
    return story.then(closing.revise(story.review, FIRST, admitted, before=before, after=after, at=at(6)))


def confirmed() -> Story:
    story = revised()
    return story.then(closing.confirm(story.review, at=at(8)))


def assigned() -> Story:
    story = confirmed()
    standings = story.standings(story.review.admitted)
    return story.then(*closing.assign(story.review, standings, hubei(), at=at(9)))


def sealed() -> Story:
    story = assigned()
    return story.then(closing.seal(story.review, at=at(10)))
