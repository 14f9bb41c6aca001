"""The forms of an import: which file for which activity; what its columns mean and what they cannot say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.programme.imports import mapping
from resilience.programme.imports.mapping import What
from resilience.programme.imports.options import Options
from resilience.programme.models import Activity, ActivityStatus, EvaluationLevel, HeadCountKind, Meeting

MOST_ACTIVITIES = 500
LIKELY_NAMES = ".csv,.tsv,.txt,.xlsx"


class UploadForm(forms.Form):
    activity = forms.ChoiceField(label=gettext_lazy("For which activity"))
    what = forms.ChoiceField(label=gettext_lazy("What the file holds"), choices=What.choices)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or XLSX, from Eventbrite, Microsoft Forms or your own; at most 25 MB."),
        max_length=500,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": LIKELY_NAMES}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Activity.objects.exclude(status=ActivityStatus.CANCELLED)[:MOST_ACTIVITIES]
        choices = self.fields["activity"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [("", _("Choose …")), *((one.code, activity_name(one)) for one in found)]


def activity_name(activity: Activity) -> str:
    day = formats.date_format(timezone.localtime(activity.starts_at), "SHORT_DATE_FORMAT")
    return f"{day} · {activity.title} ({activity.code})"


class AttendanceOptions(forms.Form):
    present = forms.BooleanField(
        label=gettext_lazy("Nobody was checked in: count everybody as present"), required=False
    )
    meeting = forms.TypedChoiceField(label=gettext_lazy("Meeting"), coerce=int, empty_value=None, required=False)
    heads_kind = forms.ChoiceField(
        label=gettext_lazy("How numbers without names are known"), choices=HeadCountKind.choices
    )

    def __init__(self, activity: Activity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meetings = list(Meeting.objects.filter(activity=activity).order_by("starts_at", "pk"))
        field = self.fields["meeting"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", _("By the date in each row")), *enumerate(map(meeting_name, meetings), start=1)]
        if len(meetings) < 2:
            del self.fields["meeting"]


def meeting_name(meeting: Meeting) -> str:
    when = formats.date_format(timezone.localtime(meeting.starts_at), "SHORT_DATETIME_FORMAT")
    return f"{when} {meeting.title}".strip()


class EvaluationOptions(forms.Form):
    level = forms.ChoiceField(label=gettext_lazy("When it was asked"), choices=EvaluationLevel.choices)
    full_marks = forms.FloatField(
        label=gettext_lazy("Points for everything right"),
        help_text=gettext_lazy("Of a test. Empty: the most points that anybody got for each question."),
        min_value=0.5,
        required=False,
    )

    def __init__(self, activity: Activity, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


def options_form(what: str, activity: Activity, data: Any, options: Options) -> forms.Form:
    kind = AttendanceOptions if what == What.ATTENDANCE else EvaluationOptions
    return kind(activity, data, initial=options.as_dict())


def chosen_columns(data: Any, width: int, what: str) -> list[str]:
    """The field of each column as the page's select boxes say."""
    return mapping.fitted([str(data.get(f"column-{index}", "")) for index in range(width)], what)
