"""Posts: how many people an employer needs in a role."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from resilience.people.models import Region
from resilience.people.permissions import May
from resilience.people.text import CleanCharField
from resilience.programme.skills import gap
from resilience.programme.skills.register import register
from resilience.site.actors import Request, needs
from resilience.site.pages.results.forms import refused
from resilience.site.pages.skills.shared import HERE, language


class PostForm(forms.Form):
    employer = CleanCharField(
        label=gettext_lazy("Employer"), max_length=120, help_text=gettext_lazy("Any spelling that the register knows.")
    )
    role = forms.ChoiceField(label=gettext_lazy("Job role"))
    region = forms.ChoiceField(label=gettext_lazy("Region"), choices=Region.choices)
    people = forms.IntegerField(label=gettext_lazy("People needed"), min_value=1, max_value=gap.MOST_PEOPLE)

    def __init__(self, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        roles = [(role.code, role.title(language())) for role in register().roles.values()]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(May.MANAGE_ORGANISATIONS)
def listed(request: Request) -> HttpResponse:
    """The organisation's posts, and the form for one more."""
    here = request.actor.organisation
    assert here is not None
    form = PostForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            gap.add_post(here, request.actor, today=timezone.localdate(), **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("The post is kept."))
            return redirect("skills-posts")
    roles = register().roles
    rows = [
        {"post": post, "role": roles[post.role].title(language()) if post.role in roles else post.role}
        for post in gap.posts(here)
    ]
    context = {**HERE, "form": form, "rows": rows}
    return render(request, "skills/posts.html", context, status=422 if form.errors else 200)


@require_POST
@needs(May.MANAGE_ORGANISATIONS)
def removed(request: Request, post: int) -> HttpResponse:
    assert request.actor.organisation is not None
    if not gap.remove_post(request.actor.organisation, request.actor, post):
        raise Http404
    messages.success(request, _("The post is taken away."))
    return redirect("skills-posts")
