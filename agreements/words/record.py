"""What the record says of agreements, as sentences with an icon."""

from django.utils.translation import gettext_lazy as _

from exchanges.words.record import Said

SENTENCES: dict[str, Said] = {
    "start": (_("Started the draft"), "file-plus"),
    "edit_terms": (_("Changed the terms: version %(version)s"), "file-pen-line"),
    "propose": (_("Proposed version %(version)s to the parties"), "send"),
    "approve": (_("Approved version %(version)s for %(organisation)s"), "check"),
    "all_approved": (_("All parties have approved version %(version)s"), "check-check"),
    "send_out": (_("Sent version %(version)s out for signature"), "mail"),
    "recall": (_("Recalled it from signature"), "undo-2"),
    "sign": (_("Signed version %(version)s for %(organisation)s"), "signature"),
    "all_signed": (_("All parties have signed: the agreement is in force"), "badge-check"),
    "decline": (_("Declined for %(organisation)s"), "x"),
    "withdraw": (_("Withdrew the agreement"), "undo-2"),
    "terminate": (_("Gave notice for %(organisation)s; it ends on %(last_day)s"), "octagon-x"),
    "run_out_soon": (_("Runs out within 90 days"), "hourglass"),
    "expire": (_("Expired"), "calendar-x"),
    "void": (_("Declared void by the programme office"), "ban"),
}
