"""What can be wrong with an agreement's rows, as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

FAULTS: dict[str, str | Promise] = {
    "agreement_added": _("%(reference)s: the record does not know this agreement."),
    "agreement_missing": _(
        "An agreement was deleted. Its number in the database was %(agreement)s."
    ),
    "agreement_changed": _(
        "%(reference)s: its state, version, title or dates are not what the record says."
    ),
    "parties_changed": _("%(reference)s: its parties are not what the record says."),
    "version_added": _("%(reference)s: the record does not know version %(version)s."),
    "version_missing": _("%(reference)s: version %(version)s was deleted."),
    "version_damaged": _(
        "%(reference)s: the words of version %(version)s do not have the SHA-256 of this version."
    ),
    "version_changed": _(
        "%(reference)s: the SHA-256, author or time of version %(version)s "
        "is not what the record says."
    ),
    "approval_added": _(
        "%(reference)s: the record does not know that %(party)s approved version %(version)s."
    ),
    "approval_missing": _(
        "%(reference)s: the approval of version %(version)s by %(party)s was deleted."
    ),
    "approval_changed": _(
        "%(reference)s: the approval of version %(version)s by %(party)s "
        "is not what the record says."
    ),
    "signature_added": _(
        "%(reference)s: the record does not know that %(party)s signed version %(version)s."
    ),
    "signature_missing": _(
        "%(reference)s: the signature of %(party)s under version %(version)s was deleted."
    ),
    "signature_changed": _(
        "%(reference)s: the signature of %(party)s under version %(version)s "
        "is not what the record says."
    ),
    "artifact_added": _(
        "%(reference)s: the record does not know the signed document of version %(version)s."
    ),
    "artifact_missing": _("%(reference)s: the signed document of version %(version)s was deleted."),
    "artifact_damaged": _(
        "%(reference)s: the signed document of version %(version)s does not have its SHA-256."
    ),
    "artifact_changed": _(
        "%(reference)s: the signed document of version %(version)s is not what the record says."
    ),
}
NOT_COMPARED = {
    "version_hash": ngettext_lazy(
        "%(count)s version of terms: its event does not hold a SHA-256 yet.",
        "%(count)s versions of terms: their events do not hold a SHA-256 yet.",
        "count",
    ),
    "signature_row": ngettext_lazy(
        "Name, function and statement of %(count)s signature: its event holds no hash of them yet.",
        "Name, function and statement of %(count)s signatures: their events hold no hash of them "
        "yet.",
        "count",
    ),
}
