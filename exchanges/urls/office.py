from django.urls import path

from exchanges.views import office, programmes

of_programme = "office/programmes/<slug:slug>/"
urlpatterns = [
    path("office/", office.office_home, name="office"),
    path("office/outbox/", office.office_outbox, name="office-outbox"),
    path("office/outbox/<int:pk>/retry/", office.office_message_retry, name="office-message-retry"),
    path("office/record/", office.office_record, name="office-record"),
    path("office/cities/", office.office_cities, name="office-cities"),
    path("office/cities/add/", office.office_city_add, name="office-city-add"),
    path("office/cities/<slug:slug>/", office.office_city_edit, name="office-city-edit"),
    path("office/topics/", office.office_topics, name="office-topics"),
    path("office/topics/add/", office.office_topic_edit, name="office-topic-add"),
    path("office/topics/<slug:slug>/", office.office_topic_edit, name="office-topic-edit"),
    path("office/programmes/add/", programmes.office_programme_add, name="office-programme-add"),
    path(of_programme, programmes.office_programme_edit, name="office-programme-edit"),
    path(f"{of_programme}partners/", office.office_partners, name="office-partners"),
    path(f"{of_programme}partners.csv", office.office_partners_csv, name="office-partners-csv"),
    path(f"{of_programme}partners/add/", programmes.office_partner_add, name="office-partner-add"),
    path(
        f"{of_programme}partners/new/",
        programmes.office_organisation_add,
        name="office-organisation-add",
    ),
    path(
        f"{of_programme}partners/<int:pk>/",
        programmes.office_partner_edit,
        name="office-partner-edit",
    ),
    path(
        f"{of_programme}partners/<int:pk>/remove/",
        programmes.office_partner_remove,
        name="office-partner-remove",
    ),
    path(f"{of_programme}events/", office.office_events, name="office-events"),
    path(f"{of_programme}auditors/", programmes.office_auditors, name="office-auditors"),
    path(
        f"{of_programme}auditors/<int:pk>/take/",
        programmes.office_auditor_take,
        name="office-auditor-take",
    ),
]
