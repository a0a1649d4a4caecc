"""The closed word lists of the published language: one word more is a new version of every event that uses it."""

from enum import StrEnum


class Discipline(StrEnum):
    """Class of disciplines of a society (学科门类): 理科, 工科, 农科, 医科, 交叉学科."""

    SCIENCE = "science"
    ENGINEERING = "engineering"
    AGRICULTURE = "agriculture"
    MEDICINE = "medicine"
    INTERDISCIPLINARY = "interdisciplinary"


class MemberKind(StrEnum):
    """Kind of member (会员类别): 个人会员, 学生会员, 外籍会员 are persons, 单位会员 is an organisation."""

    INDIVIDUAL = "individual"
    STUDENT = "student"
    FOREIGN = "foreign"
    UNIT = "unit"


class EndReason(StrEnum):
    """Why a membership ended (退会原因): 主动退会, 自动退会 (unpaid or inactive), 除名, 去世, 单位注销."""

    RESIGNED = "resigned"
    LAPSED = "lapsed"
    REMOVED = "removed"
    DECEASED = "deceased"
    DISSOLVED = "dissolved"


class Organ(StrEnum):
    """An elected organ of a society (治理机构): 理事会, 常务理事会, 监事会."""

    COUNCIL = "council"
    STANDING_COUNCIL = "standing-council"
    SUPERVISORS = "supervisors"


class MeetingOrgan(StrEnum):
    """An organ that meets (会议机构): 会员代表大会, 理事会, 常务理事会, 监事会."""

    ASSEMBLY = "assembly"
    COUNCIL = "council"
    STANDING_COUNCIL = "standing-council"
    SUPERVISORS = "supervisors"


class PartyForm(StrEnum):
    """Form of a society's party organisation (党组织形式): 单建, 联建, 功能型."""

    OWN = "own"
    JOINT = "joint"
    FUNCTIONAL = "functional"


class Regulation(StrEnum):
    """A rule book the reform asks of a society (规章制度): annex of 鄂科协办〔2017〕86号, items 1-4, 6-9, 11, 13.

    In order: 改革方案, 章程修订, 监事职责, 分支机构管理办法, 会议制度, "三重一大" 决策制度, 人事制度, 财务制度,
    档案制度, 监督制度, 信息公开制度, 服务社会行为规则, 工作人员行为规范, 兼职人员管理办法, 会员管理办法.
    """

    REFORM_PLAN = "reform-plan"
    CHARTER_REVISION = "charter-revision"
    SUPERVISOR_DUTIES = "supervisor-duties"
    BRANCH_RULES = "branch-rules"
    MEETING_RULES = "meeting-rules"
    MAJOR_MATTERS_RULES = "major-matters-rules"
    PERSONNEL_RULES = "personnel-rules"
    FINANCE_RULES = "finance-rules"
    ARCHIVE_RULES = "archive-rules"
    SUPERVISION_RULES = "supervision-rules"
    DISCLOSURE_RULES = "disclosure-rules"
    SERVICE_CONDUCT = "service-conduct"
    STAFF_CONDUCT = "staff-conduct"
    PART_TIME_RULES = "part-time-rules"
    MEMBER_RULES = "member-rules"


class BranchKind(StrEnum):
    """Kind of branch of a society (分支机构类别): 分会, 专业委员会, 工作委员会, 代表机构."""

    BRANCH = "branch"
    PROFESSIONAL_COMMITTEE = "professional-committee"
    WORKING_COMMITTEE = "working-committee"
    REPRESENTATIVE_OFFICE = "representative-office"


class ReportAddressee(StrEnum):
    """To whom a society reports on its year (报送对象): 业务主管单位, 登记管理机关."""

    SUPERVISOR = "supervisor"
    REGISTRY = "registry"


class CheckConclusion(StrEnum):
    """How an annual check came out (年检结论): 合格, 基本合格, 不合格."""

    PASSED = "passed"
    BARELY_PASSED = "barely-passed"
    FAILED = "failed"


class RegisteredItem(StrEnum):
    """What is registered of a society (登记事项): 名称, 住所, 业务范围, 法定代表人, 注册资金, 业务主管单位, 章程."""

    NAME = "name"
    DOMICILE = "domicile"
    SCOPE = "scope"
    LEGAL_REPRESENTATIVE = "legal-representative"
    FUNDS = "funds"
    SUPERVISOR = "supervisor"
    CHARTER = "charter"


class LeaderPost(StrEnum):
    """Post of a society's leader (负责人职务): 理事长, 副理事长, 秘书长."""

    HEAD = "head"
    DEPUTY_HEAD = "deputy-head"
    SECRETARY_GENERAL = "secretary-general"


class LeaderLimit(StrEnum):
    """A limit that leaders can exceed only with leave (任职限制): 年龄, 届数."""

    AGE = "age"
    TERMS = "terms"


class ActivityKind(StrEnum):
    """Kind of activity (活动类别): 学术会议, 论坛, 沙龙, 讲座, 培训, 科普活动, 产学研对接, 科学道德宣讲."""

    ACADEMIC_MEETING = "academic-meeting"
    FORUM = "forum"
    SALON = "salon"
    LECTURE = "lecture"
    TRAINING = "training"
    SCIENCE_POPULARISATION = "science-popularisation"
    MATCHMAKING = "matchmaking"
    ETHICS_EDUCATION = "ethics-education"


class ActivityLevel(StrEnum):
    """Reach of an activity (活动级别): 国际, 全国, 区域, 省级, 学会."""

    INTERNATIONAL = "international"
    NATIONAL = "national"
    REGIONAL = "regional"
    PROVINCIAL = "provincial"
    SOCIETY = "society"


class OrganiserRole(StrEnum):
    """A society's part in an activity (办会角色): 主办, 联合主办, 协办."""

    HOST = "host"
    CO_HOST = "co-host"
    SUPPORTER = "supporter"


class CancelReason(StrEnum):
    """Why an activity will not be held (取消原因): 报名不足, 不可抗力, 未获批准, 合并举办, 其他."""

    TOO_FEW_PARTICIPANTS = "too-few-participants"
    FORCE_MAJEURE = "force-majeure"
    NOT_APPROVED = "not-approved"
    MERGED = "merged"
    OTHER = "other"


class FederationField(StrEnum):
    """Field of a federation (联合体领域): 生命科学, 生态环境, 信息科学, 智能制造, 创新融合."""

    LIFE_SCIENCES = "life-sciences"
    ECOLOGY = "ecology"
    INFORMATION = "information"
    INTELLIGENT_MANUFACTURING = "intelligent-manufacturing"
    INNOVATION_INTEGRATION = "innovation-integration"


class JointRole(StrEnum):
    """A society's part in a federation's joint activity (联合活动角色): 牵头, 参与."""

    LEAD = "lead"
    PARTNER = "partner"


class ReleaseReason(StrEnum):
    """Why a society left a federation (退出原因): 主动退出, 除名, 学会注销."""

    RESIGNED = "resigned"
    REMOVED = "removed"
    DISSOLVED = "dissolved"


class AssessmentKind(StrEnum):
    """What is judged, and how (评审方式): 专家打分, 评估认定, 满意度调查, 参与程度, 虚假标记."""

    EXPERT_PERCENTAGE = "expert-percentage"
    FINDING = "finding"
    SATISFACTION = "satisfaction"
    PARTICIPATION = "participation"
    FALSE_EVIDENCE = "false-evidence"


class ObjectionOutcome(StrEnum):
    """What became of an objection (异议结果): 成立, 不成立."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class PanelVote(StrEnum):
    """A recorded vote on an objection (记名表决): 支持异议, 不支持异议, 弃权."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"
    ABSTAIN = "abstain"


class RecusalReason(StrEnum):
    """Why a member takes no part (回避事由): 利害关系, 曾在该学会任职离职未满两年, 其他."""

    INTEREST = "interest"
    FORMER_POST = "former-post"
    OTHER = "other"


class ReviewDuty(StrEnum):
    """A step of a review that the association owes by a day (评审时限事项): 公示结果, 裁定异议, 送达决定."""

    PUBLICATION = "publication"
    DECISION = "decision"
    DISPATCH = "dispatch"


class ReviewSanction(StrEnum):
    """A sanction of a review (惩戒): 警告, 限期整改, 取消团体会员资格."""

    WARNING = "warning"
    RECTIFICATION = "rectification"
    REMOVAL = "removal"
