from django.urls import path

from exchanges.views import agenda

urlpatterns = [
    path("visits/<reference:reference>/agenda/", agenda.visit_agenda, name="visit-agenda"),
    path(
        "visits/<reference:reference>/agenda/add/", agenda.agenda_item_add, name="agenda-item-add"
    ),
    path(
        "visits/<reference:reference>/agenda/<int:pk>/",
        agenda.agenda_item_edit,
        name="agenda-item-edit",
    ),
    path(
        "visits/<reference:reference>/agenda/<int:pk>/cancel/",
        agenda.agenda_item_cancel,
        name="agenda-item-cancel",
    ),
    path(
        "visits/<reference:reference>/agenda/<int:pk>/restore/",
        agenda.agenda_item_restore,
        name="agenda-item-restore",
    ),
]
