from django.urls import path

from core.uploads import views

app_name = "uploads"
urlpatterns = [
    path("", views.begin, name="begin"),
    path("<str:public_id>/", views.chunk, name="chunk"),
    path("<str:public_id>/finish/", views.finish, name="finish"),
    path("<str:public_id>/discard/", views.discard, name="discard"),
]
