"""Views whose module is imported when the first of them is asked for."""

from collections.abc import Callable
from importlib import import_module

from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


class Later:
    """A module of views, by its name: what it has is a view that imports it, and no more is known of it before."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> View:
        """Return the view of that name; asking for one that there is not is an error only when it is called."""

        def view(request: HttpRequest, *given: object, **named: object) -> HttpResponseBase:
            found: View = getattr(import_module(self._module), name)
            return found(request, *given, **named)

        return view
