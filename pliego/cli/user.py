"""`pliego user`: accounts, from the terminal."""

import json
from typing import Annotated
from urllib.parse import urlencode

import typer
from django.urls import reverse

from pliego.accounts import people
from pliego.accounts.invitations import invitation_for
from pliego.cli.site import prepare
from pliego.documents.addresses import in_full
from pliego.terminal import talk, write

app = typer.Typer(help="Accounts: add, invite, list.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="E-mail address.", metavar="EMAIL")]


@app.command()
def add(email: Email) -> None:
    """Open an account and print the link where its person chooses a password, once and within three days."""
    prepare()
    person = people.add(email)
    talk(f"{person} has an account. Its password is chosen at:")
    write(in_full(people.password_path(person)))


@app.command()
def invite(email: Email) -> None:
    """Print a link that lets somebody sign up where only invited people may."""
    prepare()
    address = people.checked_address(email)
    write(in_full(f"{reverse('account_signup')}?{urlencode({'invitation': invitation_for(address)})}"))


@app.command("list")
def list_people(as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each.")] = False) -> None:
    """Print every account with its number of documents, oldest first."""
    prepare()
    for person, count in people.with_documents():
        if as_json:
            known = {
                "email": person.email,
                "joined": person.date_joined.isoformat(),
                "documents": count,
            }
            write(json.dumps(known, ensure_ascii=False))
        else:
            write(f"{person.email}\t{person.date_joined:%Y-%m-%d}\t{count}")
