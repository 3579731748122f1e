"""Links that hand a document on to a network or a chat: plain links, nothing of theirs is loaded before a click."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.translation import gettext


@dataclass(frozen=True, slots=True)
class Network:
    """Where a document can be handed on; ``icon`` is its sign in the sprite."""

    icon: str
    name: str
    url: str


def networks(title: str, address: str) -> list[Network]:
    """Return the links for an address and its title, percent-encoded; spaces as %20, which all of them understand."""
    both = f"{title}\n{address}"
    return [
        Network("mail", gettext("E-mail"), f"mailto:?{_query(subject=title, body=address)}"),
        Network("whatsapp", "WhatsApp", f"https://wa.me/?{_query(text=both)}"),
        Network("telegram", "Telegram", f"https://t.me/share/url?{_query(url=address, text=title)}"),
        Network("bluesky", "Bluesky", f"https://bsky.app/intent/compose?{_query(text=both)}"),
        Network("mastodon", "Mastodon", f"https://share.joinmastodon.org/#{_query(text=both)}"),
        Network("x", "X", f"https://x.com/intent/post?{_query(text=title, url=address)}"),
        Network("facebook", "Facebook", f"https://www.facebook.com/sharer/sharer.php?{_query(u=address)}"),
        Network("linkedin", "LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{_query(url=address)}"),
        Network("reddit", "Reddit", f"https://www.reddit.com/submit?{_query(url=address, title=title)}"),
    ]


def _query(**words: str) -> str:
    return urlencode(words, quote_via=quote)
