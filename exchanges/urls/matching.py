from django.urls import path

from exchanges.views.matching import search, weights

of_programme = "office/programmes/<slug:slug>/"
urlpatterns = [
    path("match/", search.match_hosts, name="match"),
    path("match/guests/", search.match_guests, name="match-guests"),
    path("match/compare/", search.match_compare, name="match-compare"),
    path("match/why/", search.match_why, name="match-why"),
    path(f"{of_programme}weights/", weights.weights_edit, name="weights-edit"),
    path(f"{of_programme}weights/reset/", weights.weights_reset, name="weights-reset"),
]
