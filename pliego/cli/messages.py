"""`pliego messages`: what people have written to the operator."""

import json
from typing import Annotated

import typer

from pliego.cli.site import prepare
from pliego.moderation import messages as letters
from pliego.moderation.models import Message
from pliego.terminal import talk, write

Numbers = list[int] | None


def messages(
    everything: Annotated[bool, typer.Option("--all", help="Those that are done as well.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each message.")] = False,
    done: Annotated[Numbers, typer.Option("--done", help="Note that this message is done.", metavar="N")] = None,
    delete: Annotated[Numbers, typer.Option("--delete", help="Forget this message.", metavar="N")] = None,
) -> None:
    """Print the messages of the contact page that wait, oldest first; or say what becomes of one."""
    prepare()
    for number in done or []:
        letters.finish(number)
    for number in delete or []:
        letters.delete(number)
    if done or delete:
        return
    waiting = letters.listed(done=everything)
    for message in waiting:
        write(json.dumps(_known(message), ensure_ascii=False) if as_json else _told(message))
    if not waiting:
        talk("No message waits.")


def _known(message: Message) -> dict[str, str | int | None]:
    return {
        "number": message.pk,
        "sent": message.created_at.isoformat(),
        "topic": message.topic,
        "name": message.name,
        "email": message.email,
        "language": message.language,
        "page": message.page,
        "text": message.text,
        "done": message.done_at.isoformat() if message.done_at else None,
    }


def _told(message: Message) -> str:
    sender = " ".join(filter(None, (message.name, f"<{message.email}>" if message.email else ""))) or "no name"
    lines = [f"{message.pk}  {message.created_at:%Y-%m-%d %H:%M}  {message.topic}  {sender}", message.page, ""]
    words = [line for line in message.text.splitlines() if line.strip()]
    return "\n".join([*filter(None, lines), *(f"    {line}" for line in words), ""])
