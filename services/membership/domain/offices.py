"""A society's party organisation 党组织 and its secretariat 秘书处."""

from dataclasses import dataclass
from datetime import date

from chassis.days import check_day
from chassis.language import N_
from chassis.refusals import Refusal
from contracts.calendar import midnight
from contracts.event import EventId
from contracts.membership import PartyOrganisationEstablished, SecretariatRecorded
from contracts.vocabulary import PartyForm
from services.membership.domain.societies import Society


class PartyOrganisationRecorded(Refusal):
    """The same form on the same day is the same establishment; another form is a change of it."""

    slug = "party-organisation-recorded"
    status = 409
    title = N_("This party organisation is already recorded")
    detail = N_(
        "A party organisation of this form, established on {value}, is already recorded by event {clashes_with}."
    )


@dataclass(frozen=True, slots=True)
class Secretariat:
    """The state of a secretariat on a day (秘书处实体化), as a role recorded it."""

    full_time_staff: int
    hired_secretary_general: bool
    own_office: bool
    recorded_on: date
    recorded_by: str


def establish_party_organisation(
    society: Society, form: PartyForm, established_on: date, *, recorded: EventId | None, today: date
) -> PartyOrganisationEstablished:
    """Records that a party organisation was set up, or took another form.

    Raises:
        PartyOrganisationRecorded: the same form on the same day is there already.
        InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("established_on", established_on, registered_on=society.registered_on, today=today)
    if recorded is not None:
        raise PartyOrganisationRecorded(field="established_on", value=established_on, clashes_with=recorded)
    return PartyOrganisationEstablished(
        subject=society.code, happened_at=midnight(established_on), form=form, established_on=established_on
    )


def record_secretariat(
    society: Society, last: Secretariat | None, new: Secretariat, *, today: date
) -> tuple[Secretariat, SecretariatRecorded]:
    """Records the state of a secretariat; what holds is the state of the latest day, whenever it was told.

    Raises:
        InTheFuture, BeforeRegistration: not on that day.
    """
    check_day("recorded_on", new.recorded_on, registered_on=society.registered_on, today=today)
    news = SecretariatRecorded(
        subject=society.code,
        happened_at=midnight(new.recorded_on),
        full_time_staff=new.full_time_staff,
        hired_secretary_general=new.hired_secretary_general,
        own_office=new.own_office,
        recorded_on=new.recorded_on,
    )
    return (new if last is None or last.recorded_on <= new.recorded_on else last), news
