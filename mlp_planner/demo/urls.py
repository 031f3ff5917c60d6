from django.urls import path

from mlp_planner.demo import clock, sign_in

urlpatterns = [
    path("", sign_in.people, name="demo-people"),
    path("<int:pk>/", sign_in.sign_in, name="demo-sign-in"),
    path("clock/", clock.move_clock, name="demo-clock"),
]
