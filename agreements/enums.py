"""The shared vocabulary of agreements."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementState(TextChoices):
    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    PROPOSED = "proposed", pgettext_lazy("agreement", "Proposed")
    APPROVED = "approved", pgettext_lazy("agreement", "Approved")
    OUT_FOR_SIGNATURE = "out_for_signature", pgettext_lazy("agreement", "Out for signature")
    ACTIVE = "active", pgettext_lazy("agreement", "In force")
    EXPIRING = "expiring", pgettext_lazy("agreement", "Runs out soon")
    EXPIRED = "expired", pgettext_lazy("agreement", "Expired")
    RENEWED = "renewed", pgettext_lazy("agreement", "Renewed")
    TERMINATED = "terminated", pgettext_lazy("agreement", "Terminated")
    DECLINED = "declined", pgettext_lazy("agreement", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("agreement", "Withdrawn")
    VOID = "void", pgettext_lazy("agreement", "Void")


class AgreementMove(TextChoices):
    START = "start", _("Start a draft")
    EDIT_TERMS = "edit_terms", _("Change the terms")
    PROPOSE = "propose", _("Propose to the parties")
    APPROVE = "approve", _("Approve")
    ALL_APPROVED = "all_approved", _("All parties approved")
    SEND_OUT = "send_out", _("Send out for signature")
    RECALL = "recall", _("Recall from signature")
    SIGN = "sign", _("Sign")
    ALL_SIGNED = "all_signed", _("All parties signed")
    DECLINE = "decline", _("Decline")
    WITHDRAW = "withdraw", _("Withdraw")
    TERMINATE = "terminate", _("Terminate")
    RUN_OUT_SOON = "run_out_soon", _("Runs out within 90 days")
    EXPIRE = "expire", _("Expire")
    VOID = "void", _("Declare void")


class AgreementMover(TextChoices):
    """Whose move it is."""

    DRAFTER = "drafter", _("Drafter")
    PARTY = "party", _("Each party")
    SIGNATORY = "signatory", _("Signatory of each party")
    SENDER = "sender", _("Drafter or programme office")
    OFFICE = "office", _("Programme office")
    PLATFORM = "platform", _("The platform")


class SigningMethod(TextChoices):
    CLICK = "click", _("By click")
    PAPER = "paper", _("On paper")


class ArtifactKind(TextChoices):
    SIGNED_PDF = "signed_pdf", _("Signed PDF")
