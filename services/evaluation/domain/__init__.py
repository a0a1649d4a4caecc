"""How societies are rated: pure functions of facts, a policy and a day."""

from services.evaluation.domain.book import Book, Folded
from services.evaluation.domain.checking import Checked, check_policy, load_filed, load_policy, proofread
from services.evaluation.domain.explaining import explain
from services.evaluation.domain.explanation import Explanation
from services.evaluation.domain.extending import called
from services.evaluation.domain.facts import Fact
from services.evaluation.domain.findings import Finding
from services.evaluation.domain.ledger import SocietyLedger, StaleLedger
from services.evaluation.domain.points import decimal_text
from services.evaluation.domain.policy import Policy
from services.evaluation.domain.problems import PolicyError, PolicyRefused
from services.evaluation.domain.ranking import Standing, rank, ratings_hash
from services.evaluation.domain.rating import Rating, rate, rate_everyone, rate_history
from services.evaluation.domain.scores import Outcome
from services.evaluation.domain.texts import Sentence, Text
from services.evaluation.domain.trying import Tried, try_examples

__all__ = [
    "Book",
    "Checked",
    "Explanation",
    "Fact",
    "Finding",
    "Folded",
    "Outcome",
    "Policy",
    "PolicyError",
    "PolicyRefused",
    "Rating",
    "Sentence",
    "SocietyLedger",
    "StaleLedger",
    "Standing",
    "Text",
    "Tried",
    "called",
    "check_policy",
    "decimal_text",
    "explain",
    "load_filed",
    "load_policy",
    "proofread",
    "rank",
    "rate",
    "rate_everyone",
    "rate_history",
    "ratings_hash",
    "try_examples",
]
