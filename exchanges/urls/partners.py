from django.urls import path

from exchanges.views import city_profile, partners, profiles

urlpatterns = [
    path("partners/", partners.partner_list, name="partner-list"),
    path("organisation/", profiles.organisation_edit, name="organisation-edit"),
    path("organisations/<slug:slug>/", partners.organisation_detail, name="organisation-detail"),
    path("organisations/<slug:slug>/edit/", profiles.organisation_edit, name="organisation-edit"),
    path("cities/<slug:slug>/", partners.city_detail, name="city-detail"),
    path("cities/<slug:slug>/edit/", city_profile.city_profile_edit, name="city-profile-edit"),
    path(
        "cities/<slug:slug>/edit/wishes/<slug:other>/",
        city_profile.city_wish_edit,
        name="city-wish-edit",
    ),
    path(
        "cities/<slug:slug>/edit/wishes/<slug:other>/take-back/",
        city_profile.city_wish_take_back,
        name="city-wish-take-back",
    ),
    path(
        "cities/<slug:slug>/edit/<slug:part>/",
        city_profile.city_profile_part,
        name="city-profile-part",
    ),
]
