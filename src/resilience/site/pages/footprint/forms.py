"""The forms of a site's profile. Each turns what was typed into an entry as the footprint reads it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resilience.footprint import Behaviour, Garments, TravelMode, label
from resilience.footprint.bills import built_in
from resilience.people.text import CleanCharField
from resilience.results.footprint_sites import Answers
from resilience.site.pages.footprint.telling import language

LONGEST = 300
FIRST_YEAR, LAST_YEAR = 2020, 2100


def number(label: Any, help_text: Any = "", **more: Any) -> forms.FloatField:
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    return forms.FloatField(label=label, help_text=help_text, min_value=0, widget=widget, **more)


def document(label: Any, **more: Any) -> CleanCharField:
    return CleanCharField(label=label, max_length=LONGEST, **more)


class ProfileForm(forms.Form):
    """The first question, then the answers that an account can do without."""

    garments = forms.ChoiceField(
        label=_("Garments in the clean rooms"),
        choices=[(Garments.REUSABLE.value, _("washed and worn again")), (Garments.DISPOSABLE.value, _("thrown away"))],
        widget=forms.RadioSelect,
        help_text=_("The first question: it changes the waste of a gowning by two fifths."),
    )

    def __init__(self, *given: Any, before: Answers | None, year: int, **more: Any) -> None:
        super().__init__(*given, **more)
        self.years = (year - 1, year)
        profile = before.profile if before else None
        self.fields["garments"].initial = profile.garments.value if profile else None
        for run in built_in().runs:
            known = profile.physical_runs_per_trainee.get(run) if profile else None
            self.fields[f"runs_{run}"] = number(run_name(run), required=False, max_value=100, initial=known)
        for key in fixed_lines():
            known_document = profile.documented_fixed.get(key, "") if profile else ""
            self.fields[f"fixed_{key}"] = document(
                label(key, language()), required=False, initial=known_document, min_length=3
            )
        for one in self.years:
            bought = profile.headsets_bought.get(one) if profile else None
            self.fields[f"headsets_{one}"] = forms.IntegerField(
                label=str(one), required=False, min_value=0, max_value=10_000, initial=bought
            )
        self.kept_headsets = dict(profile.headsets_bought) if profile else {}

    def told(self) -> dict[str, Any]:
        """The answers as the profile holds them; an empty field is no answer."""
        given = self.cleaned_data
        headsets = self.kept_headsets | {year: given[f"headsets_{year}"] for year in self.years}
        return {
            "garments": given["garments"],
            "physical_runs_per_trainee": self.filled("runs_"),
            "documented_fixed": self.filled("fixed_"),
            "headsets_bought": {year: bought for year, bought in headsets.items() if bought is not None},
        }

    def filled(self, prefix: str) -> dict[str, Any]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value not in (None, "")
        }

    def group(self, prefix: str) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(prefix)]


class RecordForm(forms.Form):
    """What purchase and waste records say of one line of one physical run."""

    what = forms.ChoiceField(label=_("Line of the bill"))
    quantity = number(_("Used in one run"))
    quantity_low = number(_("At least"))
    quantity_high = number(_("At most"))
    waste = number(_("Waste of one unit, kg"))
    price = number(_("Price of one unit, GBP"))
    price_low = number(_("Price at least"))
    price_high = number(_("Price at most"))
    document = document(_("Document"), min_length=3, help_text=_("Where it can be read: invoice, ledger, waste note."))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        lines = [line.key for bill in built_in().runs.values() for line in bill.lines]
        self.fields["what"].choices = [(key, label(key, language())) for key in lines]  # type: ignore[attr-defined]

    def entry(self) -> dict[str, Any]:
        given = self.cleaned_data
        run, line = given["what"].split("/")
        quantity = {"value": given["quantity"], "low": given["quantity_low"], "high": given["quantity_high"]}
        price = {"value": given["price"], "low": given["price_low"], "high": given["price_high"]}
        return {
            "run": run,
            "line": line,
            "quantity": quantity | {"document": given["document"]},
            "waste_kg_per_unit": given["waste"],
            "price_gbp": price | {"document": given["document"]},
        }


class ComparisonForm(forms.Form):
    """Physical runs before and after, in two periods of the same length."""

    run = forms.ChoiceField(label=_("Physical run"))
    runs_before = number(_("Practice runs before"))
    trainees_before = forms.IntegerField(label=_("Trainees before"), min_value=1)
    runs_after = number(_("Practice runs after"))
    trainees_after = forms.IntegerField(label=_("Trainees after"), min_value=1)
    practised_runs = number(
        _("Runs practised in sessions, after"), _("Sessions over the number of sessions that make one run.")
    )
    document = document(_("Document"), min_length=3, help_text=_("Where it can be read: invoice, ledger, waste note."))

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["run"].choices = [(run, run_name(run)) for run in built_in().runs]  # type: ignore[attr-defined]

    def entry(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class HubTravelForm(forms.Form):
    """Trips that the sessions brought about."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    reason = CleanCharField(label=_("Which trip"), min_length=3, max_length=200)
    mode = forms.ChoiceField(
        label=_("How"),
        choices=[
            (TravelMode.CAR.value, _("by car")),
            (TravelMode.RAIL.value, _("by rail")),
            (TravelMode.COACH.value, _("by coach")),
        ],
    )
    trips = forms.IntegerField(label=_("Trips in the year"), min_value=1, max_value=10_000)
    km = number(_("Kilometres of one trip, there and back"), _("By car of the car, else of each traveller."))
    hotel_nights = forms.IntegerField(label=_("Nights in a hotel, each trip"), min_value=0, max_value=30, initial=0)

    def entry(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


PARTS: dict[str, type[RecordForm | ComparisonForm | HubTravelForm]] = {
    "records": RecordForm,
    "comparisons": ComparisonForm,
    "hub_travel": HubTravelForm,
}


def fixed_lines() -> list[str]:
    """The lines that go on anyway, unless a document shows that they do not."""
    lines = [line for bill in built_in().runs.values() for line in bill.lines]
    return [line.key for line in lines if line.behaviour is Behaviour.FIXED]


def run_name(run: str) -> str:
    return label(f"displacement/{run}", language()).partition(": ")[2]
