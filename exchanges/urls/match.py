from django.urls import path

from exchanges.views import match

urlpatterns = [
    path("match/", match.match_hosts, name="match"),
    path("match/guests/", match.match_guests, name="match-guests"),
    path("match/compare/", match.match_compare, name="match-compare"),
    path("match/why/", match.match_why, name="match-why"),
]
