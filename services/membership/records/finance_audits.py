from chassis.language import N_
from contracts.membership import FinanceAudited
from contracts.record_vocabulary import AuditOpinion
from records import Record, RecordType, field, year_not_ahead
from records.values import Day, Year
from services.rights import DECIDED_ABOUT_A_SOCIETY


class FinanceAudit(
    Record, path="finance-audits", label=N_("Audit of the accounts"), event=FinanceAudited, day="audited_on"
):
    """Audits of a year's accounts (财务审计)."""

    year: Year = field(N_("Year"), example=2025)
    opinion: AuditOpinion = field(N_("Opinion of the audit"))
    audited_on: Day = field(N_("Audited on"), example="2025-06-28")


FINANCE_AUDITS = RecordType(FinanceAudit, DECIDED_ABOUT_A_SOCIETY, rules=(year_not_ahead,))
