from django.urls import path

from mlp_planner.demo import clock, mail, sign_in

urlpatterns = [
    path("", sign_in.people, name="demo-people"),
    path("<int:pk>/", sign_in.sign_in, name="demo-sign-in"),
    path("clock/", clock.move_clock, name="demo-clock"),
    path("mail/", mail.mail_list, name="demo-mail-list"),
    path("mail/<str:key>/", mail.mail_detail, name="demo-mail-detail"),
    path("mail/<str:key>/<int:number>/", mail.mail_attachment, name="demo-mail-attachment"),
]
