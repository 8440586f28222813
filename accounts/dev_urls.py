from django.urls import URLPattern, URLResolver, path

from accounts.views import developer

app_name = "dev"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", developer.index, name="index"),
    path("sign-in/<str:public_id>/", developer.sign_in, name="sign-in"),
]
