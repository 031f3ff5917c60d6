from django.urls import path

from exchanges.views.proposals import invitations, proposals, proposer, start, steps

urlpatterns = [
    path("programmes/<slug:programme>/visits/propose/", start.visit_propose, name="visit-propose"),
    path("visits/propose/", start.visit_propose_choose, name="visit-propose-choose"),
    path("proposals/<reference:reference>/", proposals.proposal, name="proposal"),
    path("proposals/<reference:reference>/check/", proposals.proposal_check, name="proposal-check"),
    path("proposals/<reference:reference>/sent/", proposals.proposal_sent, name="proposal-sent"),
    path(
        "proposals/<reference:reference>/discard/",
        proposals.proposal_discard,
        name="proposal-discard",
    ),
    path("proposals/<reference:reference>/<str:step>/", steps.proposal_step, name="proposal-step"),
    # invitations
    path("i/<str:token>/", invitations.invitation_answer, name="invitation-answer"),
    path("inbox/", invitations.inbox, name="inbox"),
    path("inbox/<int:pk>/", invitations.invitation_respond, name="invitation-respond"),
    path(
        "visits/<reference:reference>/dates/<int:pk>/pick/",
        proposer.visit_pick_date,
        name="visit-pick-date",
    ),
    path(
        "visits/<reference:reference>/dates/answer/",
        proposer.visit_answer_dates,
        name="visit-answer-dates",
    ),
    path(
        "visits/<reference:reference>/dates/ask/",
        proposer.visit_ask_for_answers,
        name="visit-ask-for-answers",
    ),
    path("visits/<reference:reference>/withdraw/", proposer.visit_withdraw, name="visit-withdraw"),
    path(
        "visits/<reference:reference>/invitations/add/",
        proposer.invitation_add,
        name="invitation-add",
    ),
    path(
        "visits/<reference:reference>/invitations/<int:pk>/withdraw/",
        proposer.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path(
        "visits/<reference:reference>/invitations/<int:pk>/send-again/",
        proposer.invitation_send_again,
        name="invitation-send-again",
    ),
    path(
        "visits/<reference:reference>/invitations/<int:pk>/revoke/",
        proposer.invitation_revoke,
        name="invitation-revoke",
    ),
]
