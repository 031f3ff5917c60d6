from django.urls import path

from exchanges.views import proposal_start, proposal_steps, proposals

urlpatterns = [
    path("visits/propose/", proposal_start.visit_propose, name="visit-propose"),
    path("proposals/<str:reference>/", proposals.proposal, name="proposal"),
    path("proposals/<str:reference>/check/", proposals.proposal_check, name="proposal-check"),
    path("proposals/<str:reference>/sent/", proposals.proposal_sent, name="proposal-sent"),
    path("proposals/<str:reference>/discard/", proposals.proposal_discard, name="proposal-discard"),
    path(
        "proposals/<str:reference>/<str:step>/", proposal_steps.proposal_step, name="proposal-step"
    ),
]
