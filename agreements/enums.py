"""The shared vocabulary of agreements."""

from enum import StrEnum


class AgreementState(StrEnum):
    """UPCOMING, EXPIRING, NOTICE_GIVEN and EXPIRED are never stored: dates make them."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    OUT_FOR_SIGNATURE = "out_for_signature"
    ACTIVE = "active"
    UPCOMING = "upcoming"
    EXPIRING = "expiring"
    NOTICE_GIVEN = "notice_given"
    EXPIRED = "expired"
    RENEWED = "renewed"
    TERMINATED = "terminated"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    VOID = "void"


class AgreementMove(StrEnum):
    START = "start"
    EDIT_TERMS = "edit_terms"
    PROPOSE = "propose"
    APPROVE = "approve"
    ALL_APPROVED = "all_approved"
    SEND_OUT = "send_out"
    RECALL = "recall"
    SIGN = "sign"
    ALL_SIGNED = "all_signed"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"
    VOID = "void"


class AgreementMover(StrEnum):
    """Whose move it is."""

    DRAFTER = "drafter"
    PARTY = "party"
    SIGNATORY = "signatory"
    SENDER = "sender"
    OFFICE = "office"
    PLATFORM = "platform"


class SigningMethod(StrEnum):
    CLICK = "click"
    PAPER = "paper"


class ArtifactKind(StrEnum):
    SIGNED_PDF = "signed_pdf"
