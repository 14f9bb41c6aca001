"""The programme's tables, a module for each noun. Rows of a partner are read only inside the partner's scope."""

from resilience.programme.models.activities import Activity, ActivityFormat, ActivityKind, ActivityStatus, Meeting
from resilience.programme.models.attendances import (
    Attendance,
    AttendanceSource,
    Certificate,
    CheckIn,
    HeadCount,
    HeadCountKind,
)
from resilience.programme.models.evaluations import EvaluationAnswer, EvaluationLevel, EvaluationRequest, LearningTest
from resilience.programme.models.imports import ImportBatch, ImportRow, RowFate, SourceMapping
from resilience.programme.models.leadership import Application, Assessment, Call, Cohort, CohortMember, Review
from resilience.programme.models.money import (
    Grant,
    PartnerBudget,
    ProgrammeChange,
    Risk,
    Spend,
    WorkPackage,
    WorkPackageReport,
)
from resilience.programme.models.outbox import Letter
from resilience.programme.models.outreach import ClassDevice, ClassJoin
from resilience.programme.models.registrations import Registration, RegistrationForm, RegistrationStatus
from resilience.programme.models.skills import HeldCompetence, JobPost

__all__ = [
    "Activity",
    "ActivityFormat",
    "ActivityKind",
    "ActivityStatus",
    "Application",
    "Assessment",
    "Attendance",
    "AttendanceSource",
    "Call",
    "Certificate",
    "CheckIn",
    "ClassDevice",
    "ClassJoin",
    "Cohort",
    "CohortMember",
    "EvaluationAnswer",
    "EvaluationLevel",
    "EvaluationRequest",
    "Grant",
    "HeadCount",
    "HeadCountKind",
    "HeldCompetence",
    "ImportBatch",
    "ImportRow",
    "JobPost",
    "LearningTest",
    "Letter",
    "Meeting",
    "PartnerBudget",
    "ProgrammeChange",
    "Registration",
    "RegistrationForm",
    "RegistrationStatus",
    "Review",
    "Risk",
    "RowFate",
    "SourceMapping",
    "Spend",
    "WorkPackage",
    "WorkPackageReport",
]
