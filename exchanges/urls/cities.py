from django.urls import path

from exchanges.views.cities import cities, profile

urlpatterns = [
    path("cities/<slug:slug>/", cities.city_detail, name="city-detail"),
    path("office/cities/", cities.city_list, name="city-list"),
    path("office/cities/add/", cities.city_add, name="city-add"),
    path("office/cities/<slug:slug>/", cities.city_edit, name="city-edit"),
    # the profile
    path("cities/<slug:slug>/edit/", profile.city_profile_edit, name="city-profile-edit"),
    path(
        "cities/<slug:slug>/edit/wishes/<slug:other>/",
        profile.city_wish_edit,
        name="city-wish-edit",
    ),
    path(
        "cities/<slug:slug>/edit/wishes/<slug:other>/take-back/",
        profile.city_wish_take_back,
        name="city-wish-take-back",
    ),
    path(
        "cities/<slug:slug>/edit/<slug:part>/",
        profile.city_profile_part,
        name="city-profile-part",
    ),
]
