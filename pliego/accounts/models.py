"""The tables of people, known by e-mail address, and of the keys with which programs act for them."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class PersonManager(BaseUserManager["Person"]):
    """Makes people."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> "Person":
        """Save a person; without a password the account opens by another way (a link, a passkey) alone."""
        person = self.model(email=email.strip().lower(), **more)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find the person of an address, however its case is typed."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody with an account. The e-mail address is the name to log in with; it is kept in lower case."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    """When its person closed it; what it held is being deleted, and then the account is."""
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"

    def __str__(self) -> str:
        return self.email


class SpentInvitation(models.Model):
    """An invitation with which an account was opened: it opens no other, even when that one is closed."""

    trace = models.CharField(max_length=64, primary_key=True)
    """The SHA-256 of its word."""
    spent_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.trace


class ApiKey(models.Model):
    """What a program brings to act for an account. Only the SHA-256 of its secret is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    may_write = models.BooleanField(default=False)
    """It shares, changes and deletes as well; else it only reads."""
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
