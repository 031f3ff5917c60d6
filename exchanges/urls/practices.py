from django.urls import path

from exchanges.views import practices

urlpatterns = [
    path("practices/", practices.practice_list, name="practice-list"),
    path("practices/add/", practices.practice_add, name="practice-add"),
    path("practices/<slug:slug>/", practices.practice_detail, name="practice-detail"),
    path("practices/<slug:slug>/edit/", practices.practice_edit, name="practice-edit"),
    path("practices/<slug:slug>/delete/", practices.practice_delete, name="practice-delete"),
]
