"""`pliego notices`: what people say of documents, and the decisions about it."""

import json
from typing import Annotated

import typer

from pliego.cli.site import prepare
from pliego.documents.addresses import in_full
from pliego.moderation import notices as complaints
from pliego.moderation.models import Notice
from pliego.terminal import talk, write

Number = int | None


def notices(
    everything: Annotated[bool, typer.Option("--all", help="Those that are decided as well.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each notice.")] = False,
    hide: Annotated[Number, typer.Option("--hide", help="Take the document of this notice down.", metavar="N")] = None,
    dismiss: Annotated[Number, typer.Option("--dismiss", help="Leave it, or put it back.", metavar="N")] = None,
    alike: Annotated[bool, typer.Option("--alike", help="Documents that read like one that was taken down.")] = False,
    statement: Annotated[str, typer.Option("--reason", help="Why, in a sentence; needed with --hide.")] = "",
) -> None:
    """Print the notices about documents that wait, oldest first; or decide one."""
    if hide is not None and not statement.strip():
        raise typer.BadParameter("say why with --reason: it stands where the document was", param_hint="--hide")
    prepare()
    if hide is not None:
        complaints.hide(hide, statement.strip())
    if dismiss is not None:
        complaints.dismiss(dismiss, statement.strip())
    if hide is not None or dismiss is not None:
        return
    if alike:
        _tell_alike(as_json=as_json)
        return
    waiting = complaints.listed(decided=everything)
    for notice in waiting:
        write(json.dumps(_known(notice), ensure_ascii=False) if as_json else _told(notice))
    if not waiting:
        talk("No notice waits.")


def _tell_alike(*, as_json: bool) -> None:
    found = complaints.alike()
    for document in found:
        known = {"page": in_full(document.get_absolute_url()), "title": document.title, "name": document.original_name}
        write(json.dumps(known, ensure_ascii=False) if as_json else f"{known['page']}  {known['title']}")
    if not found:
        talk("No document reads like one that was taken down.")


def _known(notice: Notice) -> dict[str, str | int]:
    return {
        "number": notice.pk,
        "sent": notice.created_at.isoformat(),
        "reason": notice.reason,
        "page": notice.page,
        "name": notice.name,
        "email": notice.email,
        "text": notice.text,
        "decision": notice.decision,
        "statement": notice.statement,
    }


def _told(notice: Notice) -> str:
    head = f"{notice.pk}  {notice.created_at:%Y-%m-%d %H:%M}  {notice.reason}  {notice.name} <{notice.email}>"
    words = [f"    {line}" for line in notice.text.splitlines() if line.strip()]
    decided = [f"  {notice.decision}: {notice.statement}"] if notice.decision else []
    return "\n".join([head, notice.page, *words, *decided, ""])
