from django.urls import path

from exchanges.views.matching import search, weights

of_programme = "office/programmes/<slug:slug>/"
in_programme = "programmes/<slug:programme>/"
pages = {
    "match": ("match/", search.match_hosts),
    "match-guests": ("match/guests/", search.match_guests),
    "match-compare": ("match/compare/", search.match_compare),
    "match-why": ("match/why/", search.match_why),
}
urlpatterns = [
    *(path(in_programme + at, view, name=name) for name, (at, view) in pages.items()),
    # without a programme
    *(
        path(at, search.match_choose, {"url_name": f"exchanges:{name}"}, name=f"{name}-choose")
        for name, (at, _view) in pages.items()
    ),
    path(f"{of_programme}weights/", weights.weights_edit, name="weights-edit"),
    path(f"{of_programme}weights/reset/", weights.weights_reset, name="weights-reset"),
]
