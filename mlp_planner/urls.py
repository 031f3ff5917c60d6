from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from exchanges.views.people.account import language_set
from mlp_planner import home, operator
from mlp_planner.csp_reports import csp_report
from mlp_planner.security_txt import security_txt

admin.autodiscover()
operator.guard(admin.site)

urlpatterns = [
    path("", home.home, name="home"),
    path("map/", home.map_list, name="visit-map"),
    path("privacy/", home.privacy, name="privacy"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("csp-reports/", csp_report, name="csp-report"),
    path("first-steps/dismiss/", home.first_steps_dismiss, name="first-steps-dismiss"),
    path("accounts/", include("allauth.urls")),
    path("language/", language_set, name="set_language"),
    path("operator/", admin.site.urls),
    path("", include("exchanges.urls")),
    path("", include("exchanges.plans.urls")),
    path("", include("agreements.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("mlp_planner.demo.urls")))
