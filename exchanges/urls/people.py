from django.urls import path

from exchanges.views.network import handovers
from exchanges.views.people import (
    account,
    home_office,
    people,
    recoveries,
    role_changes,
    sign_in_log,
    signatories,
)

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/organisation/", account.organisation_switch, name="organisation-switch"),
    path("account/sign-ins/", sign_in_log.sign_in_list, name="sign-ins"),
    path("j/<str:token>/", account.account_join, name="account-join"),
    path("people/", people.own_people, name="people"),
    path("people/<slug:slug>/", people.organisation_people, name="organisation-people"),
    path(
        "people/<slug:slug>/invitations/<int:pk>/resend/",
        people.account_invitation_resend,
        name="account-invitation-resend",
    ),
    path(
        "people/<slug:slug>/invitations/<int:pk>/revoke/",
        people.account_invitation_revoke,
        name="account-invitation-revoke",
    ),
    path(
        "people/<slug:slug>/signatories/propose/",
        signatories.signatory_propose,
        name="signatory-propose",
    ),
    path(
        "people/<slug:slug>/signatories/known/<int:pk>/",
        signatories.signatory_known,
        name="signatory-known",
    ),
    path(
        "people/<slug:slug>/signatories/<int:pk>/withdraw/",
        signatories.signatory_withdraw,
        name="signatory-withdraw",
    ),
    path(
        "people/<slug:slug>/signatories/<int:pk>/object/",
        signatories.signatory_objection,
        name="signatory-objection",
    ),
    path("os/<str:token>/", signatories.signatory_object, name="signatory-object"),
    path(
        "people/<slug:slug>/changes/<int:pk>/object/",
        role_changes.roles_objection,
        name="roles-objection",
    ),
    path("or/<str:token>/", role_changes.roles_object, name="roles-object"),
    path(
        "people/<slug:slug>/<int:person>/signatory/end/",
        signatories.signatory_end,
        name="signatory-end",
    ),
    path("home-office/<slug:slug>/", home_office.home_office, name="home-office"),
    path(
        "home-office/<slug:slug>/organisations/<slug:organisation>/handover/",
        handovers.handover_offer,
        name="handover-offer",
    ),
    path(
        "home-office/<slug:slug>/organisations/<slug:organisation>/recovery/",
        recoveries.recovery,
        name="recovery",
    ),
    path(
        "home-office/<slug:slug>/organisations/<slug:organisation>/recovery/take-back/",
        recoveries.recovery_withdraw,
        name="recovery-withdraw",
    ),
    path("handovers/<int:pk>/", handovers.handover, name="handover"),
    path("handovers/<int:pk>/take-back/", handovers.handover_withdraw, name="handover-withdraw"),
    path("recoveries/<int:pk>/stop/", recoveries.recovery_stop, name="recovery-stop"),
    path("rs/<str:token>/", recoveries.recovery_object, name="recovery-object"),
    path(
        "home-office/<slug:slug>/confirm/",
        home_office.home_office_confirm,
        name="home-office-confirm",
    ),
    path(
        "home-office/<slug:slug>/signatories/<int:pk>/refuse/",
        home_office.signatory_refuse,
        name="signatory-refuse",
    ),
    path(
        "home-office/<slug:slug>/changes/<int:pk>/", home_office.roles_decide, name="roles-decide"
    ),
    path(
        "office/programmes/<slug:slug>/home-office/",
        home_office.programme_home_office,
        name="programme-home-office",
    ),
    path("people/<slug:slug>/<int:person>/", people.person_roles, name="person-roles"),
    path("people/<slug:slug>/<int:person>/end/", people.person_end, name="person-end"),
]
