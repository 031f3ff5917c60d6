from django.urls import path

from exchanges.views.programmes import (
    auditors,
    credits,
    many_partners,
    office,
    partners,
    programmes,
    tables,
)

of_programme = "office/programmes/<slug:slug>/"
urlpatterns = [
    path("office/", office.office_home, name="office"),
    path("office/programmes/add/", programmes.programme_add, name="programme-add"),
    path(of_programme, programmes.programme_edit, name="programme-edit"),
    # partners
    path(f"{of_programme}partners/", partners.programme_partners, name="programme-partners"),
    path(f"{of_programme}partners/add/", partners.partner_add, name="partner-add"),
    path(
        f"{of_programme}partners/many/", many_partners.partners_ask_many, name="partners-ask-many"
    ),
    path(
        f"{of_programme}asked/remind/",
        many_partners.partnerships_remind,
        name="partnerships-remind",
    ),
    path(f"{of_programme}partners/new/", partners.organisation_add, name="organisation-add"),
    path(f"{of_programme}partners/<int:pk>/", partners.partner_edit, name="partner-edit"),
    path(
        f"{of_programme}partners/<int:pk>/remove/", partners.partner_remove, name="partner-remove"
    ),
    path(f"{of_programme}asked/<int:pk>/", partners.partnership_edit, name="partnership-edit"),
    path(
        f"{of_programme}asked/<int:pk>/remind/",
        partners.partnership_remind,
        name="partnership-remind",
    ),
    path(
        f"{of_programme}asked/<int:pk>/take-back/",
        partners.partnership_withdraw,
        name="partnership-withdraw",
    ),
    # tables
    path(f"{of_programme}<slug:name>.<table:kind>", tables.programme_table, name="programme-table"),
    # auditors
    path(f"{of_programme}auditors/", auditors.auditor_list, name="auditor-list"),
    path(f"{of_programme}auditors/<int:pk>/take/", auditors.auditor_take, name="auditor-take"),
    # credits
    path(f"{of_programme}credits/", credits.credit_list, name="credit-list"),
    path(f"{of_programme}credits/settle/", credits.credits_settle, name="credits-settle"),
]
