from django.urls import path

from exchanges.views import matching_office

of_programme = "office/programmes/<slug:slug>/"
urlpatterns = [
    path(f"{of_programme}weights/", matching_office.office_weights, name="office-weights"),
    path(
        f"{of_programme}weights/reset/",
        matching_office.office_weights_reset,
        name="office-weights-reset",
    ),
    path(f"{of_programme}credits/", matching_office.office_credits, name="office-credits"),
    path(
        f"{of_programme}credits/settle/",
        matching_office.office_credits_settle,
        name="office-credits-settle",
    ),
]
