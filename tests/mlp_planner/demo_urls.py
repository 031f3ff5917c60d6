"""The program's addresses with those of the demo."""

from django.urls import include, path

from mlp_planner.urls import urlpatterns as program

urlpatterns = [*program, path("demo/", include("mlp_planner.demo.urls"))]
