"""An office asks many organisations at once: rows are pasted, looked at, and asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from exchanges import clock
from exchanges.domain.pasted_rows import write_rows
from exchanges.domain.row_outcomes import RowOutcome
from exchanges.forms.partner_rows import (
    MOST_ROWS,
    PartnerLine,
    PastedRowsForm,
    headings,
    read_lines,
)
from exchanges.models import Programme, User
from exchanges.operations.editing import checksum_of
from exchanges.operations.programmes import first_contacts, partnerships
from exchanges.operations.refusals import Refusal
from exchanges.queries.programmes.partner_rows import load_network
from exchanges.queries.programmes.partners import can_be_reminded, partnerships_of
from exchanges.views.active import signed_in
from exchanges.views.programmes.loading import managed_programme
from exchanges.views.refusals import sent_data


@require_http_methods(["GET", "HEAD", "POST"])
def partners_ask_many(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what happens with each row; ask those that are ticked, and keep the others."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    form = PastedRowsForm(sent_data(request))
    lines: list[PartnerLine] = []

    if form.is_valid():
        lines = read_lines(load_network(programme), form.table)
        if "ask" in request.POST and _was_looked_at(request, lines):
            lines = _ask(request, programme, lines, by=person)
            if not lines:
                return redirect("exchanges:programme-partners", slug)
            form = PastedRowsForm(initial={"rows": _text_of(lines)})
    context = {
        "programme": programme,
        "form": form,
        "lines": lines,
        "looked_at": _mark(lines),
        "columns": headings(),
        "most": MOST_ROWS,
        "can_ask": any(line.can_be_asked for line in lines),
    }
    return render(request, "exchanges/programmes/partners_ask_many.html", context)


@require_POST
def partnerships_remind(request: HttpRequest, slug: str) -> HttpResponse:
    """Remind all who have not answered for a day and have somebody who can."""
    person = signed_in(request)
    programme = managed_programme(person, slug)
    waiting = list(filter(can_be_reminded, partnerships_of(programme)))
    reminded = partnerships.remind_all(waiting, by=person, at=clock.now())
    if reminded:
        text = ngettext(
            "%(count)d organisation is reminded.", "%(count)d organisations are reminded.", reminded
        )
        messages.success(request, text % {"count": reminded})
    else:
        messages.info(request, _("Nobody is reminded: each was asked or reminded today."))
    return redirect("exchanges:programme-partners", slug)


def _mark(lines: Sequence[PartnerLine]) -> str:
    return str(checksum_of({"rows": [list(line.form.cells) for line in lines]}))


def _was_looked_at(request: HttpRequest, lines: Sequence[PartnerLine]) -> bool:
    """Whether these are the rows that the page showed; says so when they are not."""
    if request.POST.get("looked_at") == _mark(lines):
        return True
    messages.warning(request, _("The rows have changed. Look at them again, then ask."))
    return False


def _ask(
    request: HttpRequest, programme: Programme, lines: Sequence[PartnerLine], *, by: User
) -> list[PartnerLine]:
    """Ask the ticked rows, each by itself. Return those that are left, with their refusals."""
    chosen, asked, left = set(request.POST.getlist("row")), 0, []
    for line in lines:
        if not (line.can_be_asked and str(line.number) in chosen):
            left.append(line)
            continue
        try:
            _ask_one(programme, line, by)
            asked += 1
        except Refusal as refusal:
            line.faults.append(str(refusal))
            left.append(line)
    text = ngettext("%(count)d organisation is asked.", "%(count)d organisations are asked.", asked)
    messages.success(request, text % {"count": asked})
    left = [line for line in left if not line.is_done]
    for number, line in enumerate(left, start=1):
        line.number = number
    return left


def _ask_one(programme: Programme, line: PartnerLine, by: User) -> None:
    form, judged = line.form, line.judged
    assert judged is not None
    invites = judged.outcome in (RowOutcome.NEW, RowOutcome.KNOWN_INVITED)
    about = {
        "programme": programme,
        "part": form.part(),
        "email": form.cleaned_data["email"] if invites else "",
        "name": form.cleaned_data["person"],
        "signatory": form.signatory(),
        "by": by,
        "at": clock.now(),
    }
    if judged.organisation is None:
        first_contacts.ask_new(values=form.identity(), active_in=[], **about)
    else:
        first_contacts.ask_known(organisation=judged.organisation, **about)


def _text_of(lines: Collection[PartnerLine]) -> str:
    return write_rows([headings(), *(line.form.cells for line in lines)])
