"""Addresses of an account: those that django-allauth answers, under its own names, and each in its language."""

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.utils.translation import pgettext_lazy

from pliego.web.later import Later

# What knows passkeys weighs 9 MB, and most workers of most sites never see one.
mfa, recovery, totp, webauthn = (
    Later(f"allauth.mfa.{room}.views") for room in ("base", "recovery_codes", "totp", "webauthn")
)

email_urls = [
    path("", account.email, name="account_email"),
    path(pgettext_lazy("address", "confirm/"), account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^(?P<key>[-:\w]{3,300})/$", account.confirm_email, name="account_confirm_email"),
]

password_urls = [
    path("", account.password_change, name="account_change_password"),
    path(pgettext_lazy("address", "choose/"), account.password_set, name="account_set_password"),
    path(pgettext_lazy("address", "forgotten/"), account.password_reset, name="account_reset_password"),
    path(pgettext_lazy("address", "sent/"), account.password_reset_done, name="account_reset_password_done"),
    path(
        pgettext_lazy("address", "changed/"),
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^(?P<uidb36>[0-9A-Za-z]{1,20})-(?P<key>[-\w]{1,100})/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

key_urls = [
    path("", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(pgettext_lazy("address", "add/"), webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(pgettext_lazy("address", "confirm/"), webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(pgettext_lazy("address", "sign-in/"), webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(pgettext_lazy("address", "<int:pk>/remove/"), webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]

security_urls: list[URLPattern | URLResolver] = [
    path("", mfa.index, name="mfa_index"),
    path(pgettext_lazy("address", "code/"), mfa.authenticate, name="mfa_authenticate"),
    path(pgettext_lazy("address", "confirm/"), mfa.reauthenticate, name="mfa_reauthenticate"),
    path(pgettext_lazy("address", "app/"), totp.activate_totp, name="mfa_activate_totp"),
    path(pgettext_lazy("address", "app/remove/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(pgettext_lazy("address", "spare-codes/"), recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        pgettext_lazy("address", "spare-codes/new/"),
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        pgettext_lazy("address", "spare-codes/codes.txt"),
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path(pgettext_lazy("address", "keys/"), include(key_urls)),
]

urlpatterns = [
    path(pgettext_lazy("address", "sign-in/"), account.login, name="account_login"),
    path(pgettext_lazy("address", "sign-out/"), account.logout, name="account_logout"),
    path(pgettext_lazy("address", "sign-up/"), account.signup, name="account_signup"),
    path(pgettext_lazy("address", "closed/"), account.account_inactive, name="account_inactive"),
    path(pgettext_lazy("address", "confirm/"), account.reauthenticate, name="account_reauthenticate"),
    path(pgettext_lazy("address", "email/"), include(email_urls)),
    path(pgettext_lazy("address", "password/"), include(password_urls)),
    path(pgettext_lazy("address", "security/"), include(security_urls)),
    path(pgettext_lazy("address", "sessions/"), sessions.list_usersessions, name="usersessions_list"),
]
