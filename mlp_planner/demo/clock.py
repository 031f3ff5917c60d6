from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from exchanges import clock
from exchanges.words import formats
from mlp_planner.demo.page import demo_page

MOST_DAYS = 1000


class ClockForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days"), min_value=1, max_value=MOST_DAYS, initial=1
    )


@demo_page
@require_http_methods(["GET", "HEAD", "POST"])
def move_clock(request: HttpRequest) -> HttpResponse:
    """Let days pass for everybody in the demo; they do not come back."""
    form = ClockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        clock.move_demo(form.cleaned_data["days"])
        today = formats.day(clock.today())
        messages.success(request, _("It is %(day)s in the demo now.") % {"day": today})
        return redirect("demo-clock")
    context = {"form": form, "today": clock.today(), "jumps": (1, 7, 30, 90)}
    return render(request, "demo/clock.html", context)
