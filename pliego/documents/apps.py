"""Django's registration of the room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The documents room."""

    name = "pliego.documents"
    label = "documents"
