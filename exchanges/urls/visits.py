from django.urls import path

from exchanges.views import agenda, delegates, visit_moves, visits

urlpatterns = [
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/<slug:reference>/", visits.visit_detail, name="visit-detail"),
    path("visits/<slug:reference>/documents/", visits.visit_documents, name="visit-documents"),
    path("visits/<slug:reference>/history/", visits.visit_history, name="visit-history"),
    path("visits/<slug:reference>/confirm/", visit_moves.visit_confirm, name="visit-confirm"),
    path("visits/<slug:reference>/return/", visit_moves.visit_return, name="visit-return"),
    path("visits/<slug:reference>/complete/", visit_moves.visit_complete, name="visit-complete"),
    path("visits/<slug:reference>/cancel/", visit_moves.visit_cancel, name="visit-cancel"),
    path("visits/<slug:reference>/close/", visit_moves.visit_close, name="visit-close"),
    # people
    path("visits/<slug:reference>/people/", delegates.visit_people, name="visit-people"),
    path(
        "visits/<slug:reference>/people/add/<slug:slug>/",
        delegates.delegate_add,
        name="delegate-add",
    ),
    path("visits/<slug:reference>/people/<int:pk>/", delegates.delegate_edit, name="delegate-edit"),
    path(
        "visits/<slug:reference>/people/<int:pk>/remove/",
        delegates.delegate_remove,
        name="delegate-remove",
    ),
    # agenda and calendar
    path("visits/<slug:reference>/agenda/", agenda.visit_agenda, name="visit-agenda"),
    path("visits/<slug:reference>/visit.ics", agenda.visit_ics_file, name="visit-ics"),
    path("visits/<slug:reference>/agenda/add/", agenda.agenda_item_add, name="agenda-item-add"),
    path(
        "visits/<slug:reference>/agenda/<int:pk>/",
        agenda.agenda_item_edit,
        name="agenda-item-edit",
    ),
    path(
        "visits/<slug:reference>/agenda/<int:pk>/cancel/",
        agenda.agenda_item_cancel,
        name="agenda-item-cancel",
    ),
    path(
        "visits/<slug:reference>/agenda/<int:pk>/restore/",
        agenda.agenda_item_restore,
        name="agenda-item-restore",
    ),
]
