"""The pages of exchanges, one module a subject; each has its own `urlpatterns`.

Their order does not matter: no address fits two of them.
"""

from django.urls import URLPattern

from exchanges.urls import (
    agenda,
    calendar,
    cities,
    mail,
    matching,
    network,
    people,
    programmes,
    proposals,
    record,
    visits,
)

app_name = "exchanges"
urlpatterns: list[URLPattern] = [
    *agenda.urlpatterns,
    *calendar.urlpatterns,
    *cities.urlpatterns,
    *mail.urlpatterns,
    *matching.urlpatterns,
    *network.urlpatterns,
    *people.urlpatterns,
    *programmes.urlpatterns,
    *proposals.urlpatterns,
    *record.urlpatterns,
    *visits.urlpatterns,
]
