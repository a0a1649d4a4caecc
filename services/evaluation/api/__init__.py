"""HTTP of evaluation: ratings for everybody, policies, reviews, the calendar, and the proof that it all adds up."""

from services.evaluation.api.assessment_lists import assessment_lists
from services.evaluation.api.assessments import assessments
from services.evaluation.api.calendar import calendar
from services.evaluation.api.duties import duties
from services.evaluation.api.objections import objections
from services.evaluation.api.policies import policies
from services.evaluation.api.ratings import ratings
from services.evaluation.api.review_papers import review_papers
from services.evaluation.api.reviews import reviews
from services.evaluation.api.sealed import sealed
from services.evaluation.api.whatif import whatif

routers = (
    ratings,
    sealed,
    duties,
    whatif,
    policies,
    assessments,
    assessment_lists,
    reviews,
    review_papers,
    objections,
    calendar,
)
