"""Journals: registered, their issues, their figures year by year, the indexes that take them up."""

from contracts.event import JournalId, PlainRecord, SocietyEvent
from contracts.record_vocabulary import JournalIndex
from contracts.values import Cn, Count, Day, ImpactFactor, Issn, Several, Share, Title, Year, YesNo


class JournalRegistered(SocietyEvent, type="events.journal-registered.v1"):
    """A society's journal was put on record (期刊登记). Told once per journal, to the society that publishes it."""

    journal: JournalId
    issn: Issn
    cn: Cn
    title: Title
    registered_on: Day


class IssuePublished(SocietyEvent, type="events.issue-published.v1"):
    """An issue of a journal came out (期刊出版). Told once per issue, ``number`` counting within the ``year``."""

    journal: JournalId
    year: Year
    number: Several
    published_on: Day


class JournalMeasured(PlainRecord, type="events.journal-measured.v1"):
    """The figures of a journal for a year were established (期刊计量). Told once per journal and year.

    ``others_rate``: the part of the citations that came from elsewhere (他引率); ``download_increase``: by how many
    downloads the year exceeded the one before; ``issues_online`` of the ``issues_due`` can be read online;
    ``back_years``: years of back files online; ``foreign_editors`` sit on the board.
    """

    journal: JournalId
    year: Year
    impact_factor: ImpactFactor
    others_rate: Share
    download_increase: Count
    issues_due: Several
    issues_online: Count
    back_years: Count
    in_time: YesNo
    own_site: YesNo
    free_abstracts: YesNo
    free_full_text: YesNo
    foreign_editors: Count
    measured_on: Day


class JournalIndexed(PlainRecord, type="events.journal-indexed.v1"):
    """A journal was taken up by an index (期刊收录). Told once per journal and index."""

    journal: JournalId
    index: JournalIndex
    indexed_on: Day
