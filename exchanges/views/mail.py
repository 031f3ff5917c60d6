"""Messages that wait in the outbox. Auditors read."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchanges import clock
from exchanges.operations.mail import delivery
from exchanges.permissions import (
    can_manage_network,
    is_any_auditor,
    require,
)
from exchanges.queries.mail import messages_of_office, unsent_messages
from exchanges.views.active import signed_in
from exchanges.views.refusals import refusal_as_message

PER_PAGE = 50


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Messages that did not leave yet; auditors see them without addresses."""
    person = signed_in(request)
    may_manage = can_manage_network(person)
    require(may_manage or is_any_auditor(person))
    page = Paginator(unsent_messages(person), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "exchanges/mail/outbox.html", {"page": page, "is_office": may_manage})


@require_POST
def message_retry(request: HttpRequest, pk: int) -> HttpResponse:
    person = signed_in(request)
    require(can_manage_network(person))
    message = get_object_or_404(messages_of_office(person), pk=pk)
    with refusal_as_message(request):
        delivery.retry(message=message, by=person, at=clock.now())
        messages.success(request, _("The message waits to be sent again."))
    return redirect("exchanges:outbox")
