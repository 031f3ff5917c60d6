from django.urls import path

from exchanges.views import partners, profiles

urlpatterns = [
    path("partners/", partners.partner_list, name="partner-list"),
    path("organisation/", profiles.organisation_edit, name="organisation-edit"),
    path("organisations/<slug:slug>/", partners.organisation_detail, name="organisation-detail"),
    path("organisations/<slug:slug>/edit/", profiles.organisation_edit, name="organisation-edit"),
    path("cities/<slug:slug>/", partners.city_detail, name="city-detail"),
    path("cities/<slug:slug>/edit/", profiles.city_profile_edit, name="city-profile-edit"),
]
