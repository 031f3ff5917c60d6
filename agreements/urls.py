from django.urls import URLPattern, include, path

from agreements.views import approving, detail, drafting, moves, register, verification
from agreements.views.loading import as_recorded

app_name = "agreements"

MOVES = {
    "propose": moves.PROPOSE,
    "send-out": moves.SEND_OUT,
    "recall": moves.RECALL,
    "decline": moves.DECLINE,
    "withdraw": moves.WITHDRAW,
    "terminate": moves.TERMINATE,
    "void": moves.VOID,
}


agreement_patterns: list[URLPattern] = [
    path("", as_recorded(detail.agreement_detail), name="agreement-detail"),
    path("pdf/", as_recorded(detail.agreement_pdf), name="agreement-pdf"),
    path("terms.json", as_recorded(detail.agreement_terms), name="agreement-terms"),
    path("edit/", as_recorded(drafting.agreement_edit), name="agreement-edit"),
    path("approve/", as_recorded(approving.agreement_approve), name="agreement-approve"),
    path("sign/", as_recorded(approving.agreement_sign), name="agreement-sign"),
    path("signed/", as_recorded(approving.agreement_signed), name="agreement-signed"),
    path("sign/code/", as_recorded(approving.agreement_sign_code), name="agreement-sign-code"),
    *(
        path(
            f"{name}/", as_recorded(moves.agreement_move), {"page": page}, name=f"agreement-{name}"
        )
        for name, page in MOVES.items()
    ),
]
urlpatterns = [
    # The register
    path("agreements/", register.agreement_list, name="agreement-list"),
    path("agreements/register.<table:kind>", register.agreement_table, name="agreement-table"),
    # From a visit
    path("visits/<reference:reference>/agreements/", drafting.visit_panel, name="visit-panel"),
    path(
        "visits/<reference:reference>/agreements/start/",
        drafting.agreement_start,
        name="agreement-start",
    ),
    # One agreement
    path("agreements/<reference:reference>/", include(agreement_patterns)),
    # For anyone
    path("v/", verification.verify, name="verify"),
    path(
        "v/<str:reference>/<str:hash16>",
        verification.verify_version_view,
        name="verify-version",
    ),
]
