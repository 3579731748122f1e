"""The command line's table of contents."""

import typer

from pliego.cli import add, backup, corpus, derived, doctor, messages, notices, replace, serve, user, verify
from pliego.cli.toolbox import add_recipes, add_tools

app = typer.Typer(
    name="pliego",
    help="A home for PDFs: drop a PDF, get a permanent page for it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("add")(add.add)
app.command("replace")(replace.replace)
app.command("corpus")(corpus.corpus)
app.command("doctor")(doctor.doctor)
app.command("messages")(messages.messages)
app.command("notices")(notices.notices)
app.command("verify")(verify.verify)
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("reindex")(derived.reindex)
app.command("reread")(derived.reread)
app.add_typer(user.app, name="user")
add_tools(app)
add_recipes(app)
