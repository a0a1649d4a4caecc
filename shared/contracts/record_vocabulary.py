"""The closed word lists of plain records: one word more is a new version of every event that uses it."""

from enum import StrEnum


class WorkStage(StrEnum):
    """Stage of a year's work (工作推进制度): 年度工作计划, 年中进度检查, 年终工作总结."""

    PLAN = "plan"
    MID_YEAR = "mid-year"
    SUMMARY = "summary"


class MatterKind(StrEnum):
    """Kind of matter that is decided together ("三重一大"): 重大事项, 重大项目安排, 大额度资金使用."""

    MAJOR_MATTER = "major-matter"
    MAJOR_PROJECT = "major-project"
    LARGE_SUM = "large-sum"


class ReviewConclusion(StrEnum):
    """What a yearly review concluded (考核结论): 合格, 限期整改, 不合格."""

    PASSED = "passed"
    TO_RECTIFY = "to-rectify"
    FAILED = "failed"


class AuditOpinion(StrEnum):
    """Opinion of an audit (审计意见): 无保留意见, 保留意见, 否定意见, 无法表示意见."""

    UNQUALIFIED = "unqualified"
    QUALIFIED = "qualified"
    ADVERSE = "adverse"
    DISCLAIMED = "disclaimed"


class DisclosureKind(StrEnum):
    """What was disclosed (信息公开内容): 年度报告, 财务信息, 章程, 会费标准, 重大活动."""

    ANNUAL_REPORT = "annual-report"
    FINANCE = "finance"
    CHARTER = "charter"
    FEES = "fees"
    MAJOR_ACTIVITIES = "major-activities"


class MemberServiceKind(StrEnum):
    """Kind of service to members (会员服务类别): 业务培训, 信息服务, 技术咨询, 权益维护, 网上服务."""

    TRAINING = "training"
    INFORMATION = "information"
    CONSULTING = "consulting"
    RIGHTS = "rights"
    ONLINE = "online"


class PartyContactKind(StrEnum):
    """Who brings the party to a society without an organisation of its own (党建联系): 党建指导员, 党建联络员."""

    INSTRUCTOR = "instructor"
    LIAISON = "liaison"


class PartyWorkKind(StrEnum):
    """Kind of party work (党的工作): 三会一课, 主题党日, 组织生活会, 民主评议党员, 党建强会项目."""

    MEETINGS_AND_LESSONS = "meetings-and-lessons"
    PARTY_DAY = "party-day"
    ORGANISATIONAL_LIFE = "organisational-life"
    APPRAISAL = "appraisal"
    STRONG_SOCIETY_PROJECT = "strong-society-project"


class PenaltyKind(StrEnum):
    """Kind of administrative penalty (行政处罚): 警告, 罚款, 没收违法所得, 限期停止活动."""

    WARNING = "warning"
    FINE = "fine"
    CONFISCATION = "confiscation"
    SUSPENSION = "suspension"


class GovernmentLevel(StrEnum):
    """Level of an authority (机关层级): 国家级, 省部级, 市州级, 县级."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    COUNTY = "county"


class TalentProgramme(StrEnum):
    """What talents are put forward for (举荐渠道): 青年人才托举, 院士候选人, 科技奖励, 国际组织任职, 海外人才引进."""

    YOUTH_SUPPORT = "youth-support"
    ACADEMICIAN = "academician"
    SCIENCE_AWARD = "science-award"
    INTERNATIONAL_POST = "international-post"
    OVERSEAS_TALENT = "overseas-talent"


class BaseKind(StrEnum):
    """Kind of base (基地类别): 科普基地, 会企创新协作基地, 院士专家工作站, 创新驱动助力工程服务站, 创新创业平台."""

    SCIENCE_POPULARISATION = "science-popularisation"
    INNOVATION_COOPERATION = "innovation-cooperation"
    ACADEMICIAN_WORKSTATION = "academician-workstation"
    SERVICE_STATION = "service-station"
    ENTREPRENEURSHIP = "entrepreneurship"


class StandardLevel(StrEnum):
    """Level of a standard (标准层级): 国际标准, 国家标准, 行业标准, 地方标准, 团体标准."""

    INTERNATIONAL = "international"
    NATIONAL = "national"
    INDUSTRY = "industry"
    LOCAL = "local"
    GROUP = "group"


class PublicFunction(StrEnum):
    """A function of government taken over (承接职能): 科技评估, 团体标准, 职业资格认定, 奖励提名, 购买服务."""

    EVALUATION = "evaluation"
    STANDARDS = "standards"
    QUALIFICATION = "qualification"
    AWARD_NOMINATION = "award-nomination"
    PROCURED_SERVICE = "procured-service"


class TechnicalService(StrEnum):
    """Kind of technical service (技术服务类别): 成果转化, 成果鉴定, 技术咨询, 精准扶贫, 创新创业服务."""

    TRANSFER = "transfer"
    APPRAISAL = "appraisal"
    CONSULTING = "consulting"
    POVERTY_ALLEVIATION = "poverty-alleviation"
    ENTREPRENEURSHIP = "entrepreneurship"


class ExchangeKind(StrEnum):
    """Kind of international exchange (国际交流类别): 互访, 国际会议报告, 合作研究."""

    VISIT = "visit"
    CONFERENCE_REPORT = "conference-report"
    JOINT_RESEARCH = "joint-research"


class JournalIndex(StrEnum):
    """An index or data base of journals (期刊收录): SCI, EI, MEDLINE, 中国科技核心 (CSTPCD), CSCD, 北大核心."""

    SCI = "sci"
    EI = "ei"
    MEDLINE = "medline"
    CSTPCD = "cstpcd"
    CSCD = "cscd"
    PKU_CORE = "pku-core"
