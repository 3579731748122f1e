"""Django's registration of the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "pliego.web"
    label = "web"
