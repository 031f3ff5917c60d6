from django.urls import path

from exchanges.views import calendar

urlpatterns = [
    path("visits/<reference:reference>/visit.ics", calendar.visit_ics_file, name="visit-ics"),
]
