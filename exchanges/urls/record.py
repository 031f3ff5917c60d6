from django.urls import path

from exchanges.views import record

urlpatterns = [
    path("office/record/", record.record_check, name="record-check"),
    path("office/record/verify/", record.record_verify, name="record-verify"),
    path("office/record/heads/", record.record_heads, name="record-heads"),
    path("office/record/heads.txt", record.record_heads_file, name="record-heads-file"),
    path("office/record/heads/mail/", record.record_heads_mail, name="record-heads-mail"),
]
