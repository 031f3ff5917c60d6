from django.urls import path

from exchanges.views import record

urlpatterns = [
    path("office/record/", record.record_check, name="record-check"),
]
