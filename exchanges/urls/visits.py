from django.urls import path

from exchanges.views.visits import delegates, moves, naming, visits

urlpatterns = [
    path("visits/", visits.visit_list, name="visit-list"),
    path("visits/<reference:reference>/", visits.visit_detail, name="visit-detail"),
    path("visits/<reference:reference>/documents/", visits.visit_documents, name="visit-documents"),
    path("visits/<reference:reference>/history/", visits.visit_history, name="visit-history"),
    path("visits/<reference:reference>/confirm/", moves.visit_confirm, name="visit-confirm"),
    path("visits/<reference:reference>/close/", moves.visit_close, name="visit-close"),
    *(
        path(
            f"visits/<reference:reference>/{page.verb}/",
            moves.visit_move,
            {"page": page},
            name=f"visit-{page.verb}",
        )
        for page in moves.PAGES
    ),
    path(
        "visits/<reference:reference>/organisations/<slug:slug>/named/",
        naming.visit_named,
        name="visit-named",
    ),
    # people
    path("visits/<reference:reference>/people/", delegates.visit_people, name="visit-people"),
    path(
        "visits/<reference:reference>/people/add/<slug:slug>/",
        delegates.delegate_add,
        name="delegate-add",
    ),
    path(
        "visits/<reference:reference>/people/<int:pk>/",
        delegates.delegate_edit,
        name="delegate-edit",
    ),
    path(
        "visits/<reference:reference>/people/<int:pk>/remove/",
        delegates.delegate_remove,
        name="delegate-remove",
    ),
]
