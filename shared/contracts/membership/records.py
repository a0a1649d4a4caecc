"""Plain records that should not have been made."""

from contracts.event import PlainRecord, RecordId, Withdrawal


class RecordWithdrawn(Withdrawal, type="membership.record-withdrawn.v1", of=PlainRecord):
    """A plain record of membership was withdrawn (撤销记录). Told once; what it told was never so."""

    record: RecordId
