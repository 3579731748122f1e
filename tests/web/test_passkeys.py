"""Signing in by a passkey, with one that is made of code."""

import json
from hashlib import sha256

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from tests.people import PASSWORD, with_password

pytestmark = pytest.mark.django_db
ENTER, ADD, CONFIRM = "/cuenta/seguridad/llaves/entrar/", "/cuenta/seguridad/llaves/agregar/", "/cuenta/confirmar/"
STATE = "mfa.webauthn.state"
NAMED, SITE, ORIGIN = b"una llave", sha256(b"testserver").digest(), "http://testserver"
FLAGS = AuthenticatorData.FLAG
PRESENT = FLAGS.UP | FLAGS.UV


class Passkey:
    """What a phone or a stick does."""

    def __init__(self, person: int) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._person = person

    def made(self, client: Client) -> str:
        """What a browser sends once it has made the key."""
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]
        known = AttestedCredentialData.create(Aaguid.NONE, NAMED, public)
        data = AuthenticatorData.create(SITE, PRESENT | FLAGS.AT, 0, bytes(known))
        said = {
            "attestationObject": AttestationObject.create("none", data, {}),
            "clientDataJSON": told(client, "create"),
        }
        return sent(said, clientExtensionResults={"credProps": {"rk": True}})

    def signed(self, client: Client) -> str:
        """What a browser sends when the owner of the key has agreed."""
        data, words = AuthenticatorData.create(SITE, PRESENT, 0), told(client, "get")
        signature = self._key.sign(data + sha256(words).digest(), ec.ECDSA(SHA256()))
        said = {"authenticatorData": data, "clientDataJSON": words, "signature": signature}
        return sent({**said, "userHandle": websafe_decode(websafe_encode(str(self._person).encode()))})


def told(client: Client, verb: str) -> bytes:
    """What a browser puts before the key: the challenge that the site has given it."""
    challenge = websafe_decode(client.session[STATE]["challenge"])
    return CollectedClientData.create(f"webauthn.{verb}", challenge, ORIGIN)


def sent(said: dict[str, bytes], **more: object) -> str:
    name = websafe_encode(NAMED)
    response = {key: websafe_encode(bytes(value)) for key, value in said.items()}
    return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response, **more})


def asking() -> Client:
    """A browser that has been given a challenge."""
    client = Client(headers={"accept": "text/html"})
    client.get(ENTER, headers={"x-requested-with": "XMLHttpRequest"})
    return client


def enters(client: Client, credential: str) -> bool:
    assert client.post(ENTER, {"credential": credential}).status_code < 500
    return client.get("/cuenta/").status_code == 200


@pytest.fixture
def passkey() -> Passkey:
    """The passkey of a new account."""
    cache.clear()
    person = with_password()
    client = Client(headers={"accept": "text/html"})
    client.post("/cuenta/entrar/", {"login": person.email, "password": PASSWORD})
    client.post(CONFIRM, {"password": PASSWORD})
    client.get(ADD)
    key = Passkey(person.pk)
    client.post(ADD, {"credential": key.made(client), "name": "Llave", "passwordless": "on"})
    assert Authenticator.objects.filter(user=person, type="webauthn").exists()
    return key


def test_what_a_passkey_signs_is_good_once_and_for_one_browser(passkey: Passkey) -> None:
    client, other = asking(), asking()
    signed = passkey.signed(client)
    assert not enters(other, signed)
    assert enters(client, signed)
    client.post("/cuenta/salir/")
    assert not enters(client, signed)
    client.get(ENTER, headers={"x-requested-with": "XMLHttpRequest"})
    assert not enters(client, signed)
    assert enters(client, passkey.signed(client))


ODD = [
    *("", "[]", "1", '"x"', "null", "{}", "[" * 100_000, '{"a":' * 100_000, '{"id": 1}', '{"response": []}'),
    *('{"response": {"userHandle": []}, "rawId": "eA"}', '{"response": {}, "rawId": "eA", "id": "eA"}'),
    sent({"attestationObject": b"\xa1" * 3000, "clientDataJSON": b'{"type": "webauthn.create"}'}),
    sent({"attestationObject": b"\xbb", "clientDataJSON": b"{}"}, clientExtensionResults=[1]),
    sent({"userHandle": b"9" * 400, "clientDataJSON": b"{}", "authenticatorData": b"\0" * 37, "signature": b""}),
    sent({"userHandle": b"1", "clientDataJSON": b"[]", "authenticatorData": b"x", "attestationObject": b"\0"}),
    sent({"userHandle": b"\0", "clientDataJSON": b'{"type": 1}', "authenticatorData": b"\xff" * 37, "signature": b"x"}),
]


@pytest.mark.parametrize("odd", ODD)
def test_what_no_passkey_has_signed_is_refused(passkey: Passkey, odd: str) -> None:
    assert not enters(asking(), odd)
    known = asking()
    assert enters(known, passkey.signed(known))
    known.post(CONFIRM, {"password": PASSWORD})
    for path in (ADD, CONFIRM, "/cuenta/seguridad/llaves/confirmar/"):
        known.get(path)
        assert known.post(path, {"credential": odd, "name": "x"}).status_code < 500
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.mark.parametrize("odd", ODD)
def test_nor_is_it_a_second_step(passkey: Passkey, odd: str) -> None:
    client = Client(headers={"accept": "text/html"})
    client.post("/cuenta/entrar/", {"login": "clara@example.org", "password": PASSWORD})
    assert client.get("/cuenta/seguridad/codigo/").status_code == 200
    assert client.post("/cuenta/seguridad/codigo/", {"credential": odd}).status_code < 500
    assert client.get("/cuenta/").status_code == 302
