"""Starting an agreement and editing its terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from agreements.domain.agreement_states import MoveNotPossible
from agreements.domain.differences import differences
from agreements.domain.marked_changes import marked_clauses
from agreements.domain.terms import Terms
from agreements.enums import AgreementMove
from agreements.forms.start import StartAgreementForm
from agreements.forms.terms import MOST_CLAUSES, TermsEditor
from agreements.models import Agreement
from agreements.operations import drafting
from agreements.operations.drafting import Edited
from agreements.operations.moves import require_move
from agreements.permissions import can_make_move, can_start_agreement
from agreements.queries.detail import AgreementDetail
from agreements.queries.panel import agreements_of_visit
from agreements.queries.parties import accepted_invitations
from agreements.views.loading import load_detail
from agreements.views.refusals import moved_on, refusal_on_form
from exchanges import clock
from exchanges.domain.visit_phases import HELD
from exchanges.enums import MembershipRole
from exchanges.models import Invitation, Organisation, StudyVisit, User
from exchanges.operations.editing import EditedMeanwhile
from exchanges.permissions import can_read_visit, require
from exchanges.views.active import active_organisation, signed_in
from exchanges.words.formats import listed, organisation_name


@require_safe
@vary_on_headers("HX-Request")
def visit_panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the agreements of a visit, for its page."""
    visit, user = _visit(request, reference), signed_in(request)
    require(can_read_visit(user, visit))
    context = {
        "visit": visit,
        "agreements": agreements_of_visit(visit, user, clock.now()),
        "can_start": visit.state in HELD
        and not visit.is_unconfirmed
        and can_start_agreement(user, visit),
    }
    is_fragment = getattr(request, "htmx", False)
    template = "visit_panel" if is_fragment else "visit_agreements"
    return render(request, f"agreements/{template}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_start(request: HttpRequest, reference: str) -> HttpResponse:
    visit, user = _visit(request, reference), signed_in(request)
    require(can_start_agreement(user, visit))
    if visit.state not in HELD:
        messages.error(request, str(drafting.VisitNotHeld()))
        return redirect("exchanges:visit-detail", visit.reference)
    invitations = accepted_invitations(visit)
    form = StartAgreementForm(
        request.POST if request.method == "POST" else None,
        invitations=invitations,
        own=_own_organisations(request, user, invitations),
        today=visit.programme.day_of(clock.now()),
    )
    if form.is_valid():
        with refusal_on_form(form):
            agreement = _start(form, visit, user)
            words = _("Draft %(reference)s is made from the template. Read it and make it yours.")
            messages.success(request, words % {"reference": agreement.reference})
            return redirect("agreements:agreement-detail", agreement.reference)
    return render(request, "agreements/agreement_start.html", {"visit": visit, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Clauses are added, moved, removed and compared without saving; one button saves."""
    detail = load_detail(request, reference)
    require(can_make_move(detail.user, detail.agreement, AgreementMove.EDIT_TERMS))
    try:
        require_move(detail.agreement, AgreementMove.EDIT_TERMS, at=clock.now())
    except MoveNotPossible as refusal:
        messages.error(request, moved_on(refusal))
        return redirect("agreements:agreement-detail", reference)
    data = request.POST if request.method == "POST" else None
    today = detail.agreement.programme.day_of(clock.now())
    editor = TermsEditor(detail.terms, detail.agreement.revision, today, data)
    shown = _Shown(detail, editor)
    if data is None:
        return shown.page(request)
    do = data.get("do", "save")
    if do not in ("save", "compare"):
        return shown.page(request, place=editor.rearrange(do))
    if not editor.is_valid():
        return shown.page(request)
    if do == "compare":
        return shown.page(request, typed=editor.new_terms())
    return _save(request, shown)


def _save(request: HttpRequest, shown: _Shown) -> HttpResponse:
    detail, editor = shown.detail, shown.editor
    with refusal_on_form(editor.form):
        try:
            edited = drafting.edit_terms(
                agreement=detail.agreement,
                terms=editor.new_terms(),
                revision=editor.form.cleaned_data["revision"] or 0,
                by=detail.user,
                at=clock.now(),
            )
        except EditedMeanwhile as refusal:
            editor.show_revision(refusal.current)
            current = _Shown(load_detail(request, detail.agreement.reference), editor)
            return current.page(request, typed=editor.new_terms(), warning=str(refusal))
        _say_saved(request, edited)
        return redirect("agreements:agreement-detail", detail.agreement.reference)
    return shown.page(request)


class _Shown:
    """The edit page: the form, what was changed, and whose approvals a change voids."""

    def __init__(self, detail: AgreementDetail, editor: TermsEditor) -> None:
        self.detail, self.editor = detail, editor

    def page(
        self,
        request: HttpRequest,
        *,
        typed: Terms | None = None,
        place: int | None = None,
        warning: str = "",
    ) -> HttpResponse:
        detail = self.detail
        old, new = (detail.terms, typed) if typed else (detail.terms_before, detail.terms)
        changed = differences(old, new) if old else ()
        context: dict[str, Any] = {
            "detail": detail,
            "agreement": detail.agreement,
            "form": self.editor.form,
            "clauses": self.editor.clauses,
            "errors": [*([warning] if warning else []), *self.editor.errors],
            "is_typed": typed is not None,
            "changed": [each for each in changed if not each.field.startswith("clauses")],
            "changed_clauses": [each for each in marked_clauses(old, new) if each.is_changed],
            "voids": [line.name for line in detail.lines if line.approval],
            "place": place,
            "can_add": len(self.editor.clauses) < MOST_CLAUSES,
        }
        return render(request, "agreements/agreement_edit.html", context)


def _visit(request: HttpRequest, reference: str) -> StudyVisit:
    visits = StudyVisit.objects.visible_to(signed_in(request))
    return get_object_or_404(visits.select_related("programme", "host_city"), reference=reference)


def _own_organisations(
    request: HttpRequest, user: User, invitations: list[Invitation]
) -> list[Organisation]:
    """Those of the visit that the person is contact of; the one chosen in the session first."""
    contact_of = set(
        user.memberships.filter(role=MembershipRole.CONTACT).values_list("organisation", flat=True)
    )
    own = [each.organisation for each in invitations if each.organisation_id in contact_of]
    active = active_organisation(request)
    return sorted(own, key=lambda each: each != active)


def _start(form: StartAgreementForm, visit: StudyVisit, user: User) -> Agreement:
    return drafting.start(
        visit=visit,
        drafter=form.invitations[form.cleaned_data["drafter"]].organisation,
        invitations=form.chosen_invitations(),
        validity=form.validity(),
        by=user,
        at=clock.now(),
    )


def _say_saved(request: HttpRequest, edited: Edited) -> None:
    if edited.version is None:
        messages.info(request, _("Nothing was changed, so there is no new version."))
        return
    words = _("Version %(number)d is saved.") % {"number": edited.version.number}
    if edited.voided:
        names = listed(organisation_name(party.organisation) for party in edited.voided)
        sentence = _("The approval of %(names)s does not count any more; they are told by mail.")
        words = f"{words} {sentence % {'names': names}}"
    messages.success(request, words)
