from django.urls import path

from exchanges.views.people import account, people, sign_in_log

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
    path("people/<slug:slug>/<int:person>/", people.person_roles, name="person-roles"),
    path("people/<slug:slug>/<int:person>/end/", people.person_end, name="person-end"),
]
