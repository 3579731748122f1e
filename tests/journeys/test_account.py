"""A person signs up, confirms by letter, adds a passkey, gives a program a key; nothing breaks the content policy."""

import base64
import hmac
import re
import struct
import time
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.site import Site
from tests.people import leaflet

PASSWORD = "una contraseña bien larga"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="es-ES", viewport={"width": 390, "height": 844})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not complaints


def letter(site: Site) -> str:
    """The link in the last letter."""
    last = max((site.data / "mail").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    told = message_from_bytes(last.read_bytes(), policy=policy.default)
    found = re.search(r"http://\S+", told.get_content())
    assert found, last.read_text()
    return found.group()


def plain(page: Page) -> None:
    """No rule of accessibility is broken."""
    problems = (
        Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response["violations"]
    )
    assert not problems, [(problem["id"], problem["nodes"][0]["html"]) for problem in problems]


def test_from_sign_up_to_a_passkey(site: Site, page: Page) -> None:
    base = f"http://localhost:{site.port}"
    page.goto(f"{base}/cuenta/")
    expect(page.get_by_role("heading", name="Entrar")).to_be_visible()
    plain(page)
    page.get_by_role("link", name="Abre una").click()
    page.get_by_label("Correo").fill("Lucia@example.org")
    page.get_by_label("Contraseña").fill(PASSWORD)
    plain(page)
    page.get_by_role("button", name="Abrir la cuenta").click()
    expect(page.get_by_role("heading", name="Mira tu correo")).to_be_visible()
    page.goto(letter(site))
    page.get_by_role("button", name="confirmarla").click()
    sign_in(page)
    expect(page.get_by_role("heading", name="Mis archivos")).to_be_visible()
    plain(page)
    page.get_by_role("link", name="Cuenta", exact=True).click()
    expect(page.get_by_role("heading", name="Tu cuenta")).to_be_visible()
    plain(page)

    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    machine = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": {**machine, "isUserVerified": True}})
    page.get_by_role("link", name="Seguridad").click()
    plain(page)
    page.get_by_role("link", name="Añadir una llave").click()
    page.get_by_label("Contraseña").fill(PASSWORD)
    plain(page)
    page.get_by_role("button", name="Continuar").click()
    plain(page)
    page.get_by_role("button", name="Crear la llave").click()
    expect(page.get_by_role("heading", name="Códigos de reserva")).to_be_visible()
    plain(page)

    a_program_gets_a_key(site, page)
    page.get_by_role("link", name="Sesiones").click()
    expect(page.get_by_text("Este", exact=True)).to_be_visible()
    plain(page)
    page.get_by_role("button", name="Salir", exact=True).click()
    page.goto(f"{base}/cuenta/entrar/")
    page.get_by_role("button", name="Entrar con una llave").click()
    expect(page.get_by_role("heading", name="Mis archivos")).to_be_visible()
    assert site.rows("SELECT ip FROM usersessions_usersession") == [("0.0.0.0",)]  # this machine is no network


def a_program_gets_a_key(site: Site, page: Page) -> None:
    """It reads with it until it is revoked."""
    page.get_by_role("link", name="Claves para programas").click()
    plain(page)
    page.get_by_role("link", name="Crear una clave").click()
    page.get_by_label("Para qué es").fill("Copia de cada noche")
    plain(page)
    page.get_by_role("button", name="Crear la clave").click()
    secret = page.get_by_role("textbox", name="Clave").input_value()
    plain(page)
    assert site.ask("GET", "/api/v1/account/documents", Authorization=f"Bearer {secret}").status == 200
    page.get_by_role("button", name="Anular «Copia de cada noche»").click()
    expect(page.get_by_text("La clave está anulada")).to_be_visible()
    assert site.ask("GET", "/api/v1/account/documents", Authorization=f"Bearer {secret}").status == 401
    assert secret not in site.log()


def sign_in(page: Page) -> None:
    page.get_by_label("Correo").fill("lucia@example.org")
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


def code_of(secret: str) -> str:
    """The six digits that an app shows now (RFC 6238)."""
    moment = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), moment, "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def second_step(page: Page, base: str, code: str) -> None:
    """Sign out, and in again as far as this code lets in."""
    page.goto(f"{base}/cuenta/salir/")
    page.get_by_role("main").get_by_role("button").click()
    page.goto(f"{base}/cuenta/entrar/")
    sign_in(page)
    page.get_by_label("Código").fill(code)
    page.get_by_role("button", name="Entrar", exact=True).click()


def test_an_app_shows_a_code_and_spare_codes_let_in_once(site: Site, page: Page) -> None:
    base = f"http://localhost:{site.port}"
    site.rows("DELETE FROM mfa_authenticator")  # the passkey is walked above
    page.goto(f"{base}/cuenta/entrar/")
    sign_in(page)
    page.goto(f"{base}/cuenta/seguridad/")
    page.get_by_role("link", name="Usar una aplicación").click()
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_role("img", name="Código QR")).to_be_visible()
    plain(page)
    secret = page.get_by_label("¿Sin cámara?").input_value()
    page.get_by_label("Código de la aplicación").fill("12345")
    page.get_by_role("button", name="Usarla").click()
    expect(page.get_by_text("El código no es correcto.")).to_be_visible()
    page.get_by_label("Código de la aplicación").fill(code_of(secret))
    page.get_by_role("button", name="Usarla").click()
    spare = page.get_by_role("main").get_by_role("code").all_inner_texts()
    assert len(spare) == 10

    second_step(page, base, "12345")
    expect(page.get_by_text("El código no es correcto.")).to_be_visible()
    expect(page.get_by_role("button", name="Usar una llave")).to_have_count(0)
    plain(page)
    page.get_by_label("Código").fill(code_of(secret))
    page.get_by_role("button", name="Entrar", exact=True).click()
    expect(page.get_by_role("heading", name="Mis archivos")).to_be_visible()
    second_step(page, base, spare[0])
    expect(page.get_by_role("heading", name="Mis archivos")).to_be_visible()
    second_step(page, base, spare[0])
    expect(page.get_by_text("El código no es correcto.")).to_be_visible()
    page.get_by_label("Código").fill(spare[1])
    page.get_by_role("button", name="Entrar", exact=True).click()

    page.goto(f"{base}/cuenta/seguridad/")
    page.get_by_role("link", name="Dejar de usarla").click()
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("button", name="Dejar de usarla").click()
    expect(page.get_by_text("Ya no pedimos el código")).to_be_visible()
    assert site.rows("SELECT 1 FROM mfa_authenticator") == []


def test_files_are_put_in_order(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    for name in ("uno", "dos", "tres"):
        site.share(leaflet(name), f"{name}.pdf")
    site.rows("UPDATE documents_document SET manage_hash = '', owner_id = (SELECT id FROM accounts_person)")
    site.rows("DELETE FROM mfa_authenticator")  # the second step is walked above
    page.goto(f"http://localhost:{site.port}/archivos/")
    page.get_by_role("link", name="Entrar").click()
    sign_in(page)
    told = [{"name": name, **site.share(leaflet(name), f"{name}.pdf")} for name in ("cuatro", "cinco")]
    page.evaluate("told => localStorage.setItem('pliego-shared', JSON.stringify(told))", told)
    page.goto(told[1]["manage"].replace("127.0.0.1", "localhost"))
    with page.expect_navigation():
        page.get_by_role("button", name="Pasarlo a mi cuenta").click()
    assert page.evaluate("JSON.parse(localStorage.getItem('pliego-shared')).length") == 1
    page.goto(f"http://localhost:{site.port}/archivos/")
    expect(page.locator("pliego-shared li")).to_have_count(1)
    plain(page)
    page.get_by_role("button", name="Pasarlo todo a mi cuenta").click()
    expect(page.get_by_text("5 documentos")).to_be_visible()
    expect(page.get_by_role("button", name="Pasarlo todo a mi cuenta")).to_have_count(0)
    assert site.rows("SELECT 1 FROM documents_document WHERE owner_id IS NULL OR manage_hash <> ''") == []
    page.get_by_text("Carpeta nueva").click()
    page.get_by_label("Su nombre").fill("Actas")
    page.get_by_role("button", name="Crear la carpeta").click()
    page.get_by_role("link", name="Todos los documentos").click()
    page.wait_for_selector("pliego-files[data-ready]")
    boxes = page.get_by_role("row").get_by_role("checkbox")
    boxes.nth(1).check()
    boxes.nth(3).click(modifiers=["Shift"])
    expect(page.get_by_text("3 elegidos")).to_be_visible()
    plain(page)
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")  # or it is scrolled while the mouse is down already
    page.get_by_role("row").nth(1).drag_to(page.get_by_role("link", name="Actas"))
    expect(page.get_by_text("Movidos 3 documentos.")).to_be_visible()
    plain(page)
    page.get_by_role("button", name="Deshacer").click()
    expect(page.get_by_text("Deshecho: 3 documentos.")).to_be_visible()
    page.get_by_role("button", name="Cambiar el nombre").first.click()
    page.keyboard.type("Otro nombre")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Otro nombre", exact=True)).to_be_visible()
    page.goto(f"http://localhost:{site.port}/archivos/?view=grid")
    plain(page)
    page.get_by_role("link", name="Papelera").click()
    plain(page)
