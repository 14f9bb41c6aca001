"""The forms of results, money and progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from resilience.people.models import Organisation, OrganisationKind
from resilience.people.text import CleanCharField
from resilience.programme.models import Spend, WorkPackageReport
from resilience.programme.money import Line

FROM_1_TO_5 = [(number, str(number)) for number in range(1, 6)]


def day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def pounds(**more: Any) -> forms.DecimalField:
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(max_digits=12, decimal_places=2, widget=widget, **more)


def refused(form: forms.Form, error: ValidationError) -> None:
    """Puts what a service says beside the field it names, or above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)


class SpendForm(forms.Form):
    """A line of two amounts for each category. An empty forecast with an empty actual leaves the line out."""

    def __init__(self, *given: Any, before: Mapping[str, Line], **more: Any) -> None:
        super().__init__(*given, **more)
        for category in Spend.Category:
            line = before.get(category)
            forecast, actual = (line.forecast, line.actual) if line else (None, None)
            self.fields[f"forecast_{category}"] = pounds(label=_("Forecast, GBP"), required=False, initial=forecast)
            self.fields[f"actual_{category}"] = pounds(label=_("Spent, GBP"), required=False, initial=actual)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for category in Spend.Category:
            if given.get(f"actual_{category}") is not None and given.get(f"forecast_{category}") is None:
                self.add_error(f"forecast_{category}", _("Give the forecast too, 0 if there was none."))
        return given

    def lines(self) -> dict[str, Line]:
        """Category -> line, of those that were filled in."""
        found = {}
        for category in Spend.Category:
            forecast: Decimal | None = self.cleaned_data.get(f"forecast_{category}")
            if forecast is not None:
                found[category.value] = Line(forecast, self.cleaned_data.get(f"actual_{category}"))
        return found

    def rows(self) -> Iterator[tuple[str, BoundField, BoundField]]:
        """(name of the category, forecast, actual) for the table."""
        for category in Spend.Category:
            yield str(category.label), self[f"forecast_{category}"], self[f"actual_{category}"]


class StandingForm(forms.Form):
    standing = forms.ChoiceField(label=_("How it stands"), choices=WorkPackageReport.Standing.choices)
    percent = forms.IntegerField(label=_("Done, %"), min_value=0, max_value=100)
    text = CleanCharField(label=_("What was done, what comes next"), max_length=500, widget=forms.Textarea({"rows": 4}))


class WeightForm(forms.Form):
    """How likely and how bad a risk is."""

    likelihood = forms.TypedChoiceField(
        label=_("How likely, 1 to 5"), choices=FROM_1_TO_5, coerce=int, help_text=_("1 hardly, 5 almost certainly")
    )
    impact = forms.TypedChoiceField(
        label=_("How bad, 1 to 5"), choices=FROM_1_TO_5, coerce=int, help_text=_("1 hardly felt, 5 the goal is missed")
    )


class RiskForm(WeightForm):
    title = CleanCharField(label=_("What may go wrong"), max_length=160)
    mitigation = CleanCharField(label=_("What is done about it"), max_length=500, widget=forms.Textarea({"rows": 3}))

    field_order = ("title", "likelihood", "impact", "mitigation")


class ChangeForm(forms.Form):
    title = CleanCharField(label=_("The change"), max_length=160)
    reason = CleanCharField(label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 3}))


class GrantForm(forms.Form):
    title = CleanCharField(label=_("Title"), max_length=120)
    code = CleanCharField(label=_("The funder’s reference"), max_length=24)
    lead = forms.ModelChoiceField(
        label=_("Lead organisation"),
        queryset=Organisation.objects.filter(kind__in=[OrganisationKind.LEAD, OrganisationKind.PARTNER]),
    )
    funder = forms.ModelChoiceField(
        label=_("Funder"),
        queryset=Organisation.objects.filter(kind=OrganisationKind.FUNDER),
        help_text=_("A funder that is missing here is added to the register of organisations first."),
    )
    starts_on = forms.DateField(label=_("First day"), widget=day_input())
    ends_on = forms.DateField(label=_("Last day"), widget=day_input())
    total_gbp = pounds(label=_("Total, GBP"))


class BudgetForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Partner"),
        queryset=Organisation.objects.filter(kind__in=[OrganisationKind.LEAD, OrganisationKind.PARTNER]),
    )
    gbp = pounds(label=_("Budget, GBP"))


class PackageForm(forms.Form):
    code = CleanCharField(label=_("Code"), max_length=12)
    title = CleanCharField(label=_("Title"), max_length=160)
    organisation = forms.ModelChoiceField(
        label=_("Led by"),
        queryset=Organisation.objects.filter(kind__in=[OrganisationKind.LEAD, OrganisationKind.PARTNER]),
    )
    due_on = forms.DateField(label=_("Due on"), widget=day_input())


class FreezeForm(forms.Form):
    as_of = forms.DateField(
        label=_("Count up to and including"),
        widget=day_input(),
        help_text=_("The last day of a quarter, as a rule."),
    )


class TargetForm(forms.Form):
    indicator = forms.ChoiceField(label=_("Indicator"))
    due_on = forms.DateField(label=_("By"), widget=day_input())
    value = forms.FloatField(label=_("To reach"), min_value=0)

    def __init__(self, *given: Any, indicators: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["indicator"] = forms.ChoiceField(label=_("Indicator"), choices=indicators)


class PublicationForm(forms.Form):
    text_en = CleanCharField(label=_("The sentence in English"), max_length=240)
    text_cy = CleanCharField(label=_("The sentence in Welsh"), max_length=240)
    printed = CleanCharField(
        label=_("The figure as it is printed"),
        max_length=24,
        help_text=_("As it stands in the sentences, such as 1,200 or 66 %."),
    )
