from django.urls import include, path

from bench import views

urlpatterns = [
    path("bench/naive/", views.NaiveVoteView.as_view()),
    path("bench/nothing/<slug:edition>/", views.nothing),
    path("bench/empty/", views.empty),
    path("", include("jianggaosai.urls")),
]
