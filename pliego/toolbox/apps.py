"""Django's name for this room."""

from django.apps import AppConfig


class ToolboxConfig(AppConfig):
    """Jobs of the toolbox."""

    name = "pliego.toolbox"
    label = "toolbox"
