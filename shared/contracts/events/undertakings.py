"""What societies undertake for talent, innovation, government and the public, beside their activities."""

from contracts.event import PlainRecord
from contracts.record_vocabulary import (
    BaseKind,
    ExchangeKind,
    GovernmentLevel,
    PublicFunction,
    StandardLevel,
    TalentProgramme,
    TechnicalService,
)
from contracts.values import Count, Day, Several, YesNo
from contracts.vocabulary import ActivityLevel


class TalentRecommended(PlainRecord, type="events.talent-recommended.v1"):
    """A society put talents forward (举荐人才): so many, ``young`` of them about thirty years old. Told each time."""

    programme: TalentProgramme
    recommended: Several
    young: Count
    recommended_on: Day


class AwardConferred(PlainRecord, type="events.award-conferred.v1"):
    """Work that a society had nominated received an award (科技奖励). Told once per award."""

    level: ActivityLevel
    conferred_on: Day


class AdviceSubmitted(PlainRecord, type="events.advice-submitted.v1"):
    """A society gave an authority its advice (决策咨询): ``adopted`` or not by the day of the record. Told once."""

    level: GovernmentLevel
    adopted: YesNo
    submitted_on: Day


class BaseEstablished(PlainRecord, type="events.base-established.v1"):
    """A society set up a base, a station or a platform (建立基地). Told once per base."""

    kind: BaseKind
    established_on: Day


class StandardIssued(PlainRecord, type="events.standard-issued.v1"):
    """A standard that a society drew up was issued (发布标准). Told once per standard."""

    level: StandardLevel
    issued_on: Day


class FunctionUndertaken(PlainRecord, type="events.function-undertaken.v1"):
    """A society took over a function of government, or sold it a service (承接政府转移职能). Told once."""

    function: PublicFunction
    undertaken_on: Day


class TechnicalServiceProvided(PlainRecord, type="events.technical-service-provided.v1"):
    """A society helped enterprises, inventors or poor districts with what it knows (技术服务). Told once."""

    kind: TechnicalService
    served: Several
    provided_on: Day


class ExchangeMade(PlainRecord, type="events.exchange-made.v1"):
    """A society took part in international exchange (国际交流): so many went, some of them ``young``. Told once."""

    kind: ExchangeKind
    participants: Several
    young: Count
    made_on: Day
