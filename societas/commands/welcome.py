"""What a person is told when a platform is up."""

from typing import TYPE_CHECKING

from chassis.language import N_
from societas.commands.session import Session
from societas.platform import ADMIN_TOKEN

if TYPE_CHECKING:
    from societas.embedded import Embedded

UP = N_("The platform is up: {url}   (Ctrl-C stops it; nothing is lost)")
TOKEN_FILE = N_("The administrator's token is in {path}.")


def welcome(session: Session, embedded: "Embedded") -> None:
    """Says where the platform is, and which file has the administrator's token: a journal keeps what is printed."""
    path = embedded.data / ADMIN_TOKEN
    if session.as_json:
        session.result({"url": embedded.url, "token_file": str(path)})
        return
    session.note(UP, url=embedded.url)
    session.note(TOKEN_FILE, path=path)
