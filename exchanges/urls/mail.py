from django.urls import path

from exchanges.views import mail

urlpatterns = [
    path("office/outbox/", mail.outbox, name="outbox"),
    path("office/outbox/<int:pk>/retry/", mail.message_retry, name="message-retry"),
]
