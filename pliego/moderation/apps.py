"""Django's registration of the room."""

from django.apps import AppConfig


class ModerationConfig(AppConfig):
    """The moderation room."""

    name = "pliego.moderation"
    label = "moderation"
