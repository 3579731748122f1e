"""Django's registration of the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "pliego.accounts"
    label = "accounts"
