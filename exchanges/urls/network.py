from django.urls import path

from exchanges.views.network import (
    disputes,
    events,
    organisations,
    partners,
    practices,
    questions,
    topics,
)

urlpatterns = [
    path("partners/", partners.partner_list, name="partner-list"),
    path("organisation/", organisations.own_organisation, name="own-organisation"),
    path("organisations/<slug:slug>/", partners.organisation_detail, name="organisation-detail"),
    path(
        "organisations/<slug:slug>/edit/",
        organisations.organisation_edit,
        name="organisation-edit",
    ),
    # practices
    path("practices/", practices.practice_list, name="practice-list"),
    path("practices/add/", practices.practice_add, name="practice-add"),
    path("practices/<slug:slug>/", practices.practice_detail, name="practice-detail"),
    path("practices/<slug:slug>/edit/", practices.practice_edit, name="practice-edit"),
    path("practices/<slug:slug>/delete/", practices.practice_delete, name="practice-delete"),
    # topics and events
    path("office/topics/", topics.topic_list, name="topic-list"),
    path("office/topics/add/", topics.topic_edit, name="topic-add"),
    path("office/topics/<slug:slug>/", topics.topic_edit, name="topic-edit"),
    path("office/programmes/<slug:slug>/events/", events.event_list, name="event-list"),
    # questions
    path("organisations/<slug:slug>/dispute/", disputes.dispute_open, name="dispute-open"),
    path("disputes/<int:pk>/", disputes.dispute, name="dispute"),
    path("partnerships/<int:pk>/", questions.partnership_answer, name="partnership-answer"),
    path("held-visits/<int:pk>/", questions.held_answer, name="held-answer"),
    path("city-claims/<int:pk>/", questions.city_claim_answer, name="city-claim-answer"),
]
