"""The family of errors: a sentence for people and a code for programs.

The sentence is English and marked for translation; the doors translate it and fill in ``params``. ``status`` is the
HTTP status a door answers with, 400 unless told. Engines raise these too, so nothing here knows Django.
"""

from typing import Any, ClassVar

PROBLEM = "application/problem+json"


def gettext_noop(message: str) -> str:
    """Mark a sentence for the translation catalogue without translating it."""
    return message


class PliegoError(Exception):
    """Anything that can be said to a person in one sentence."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    sentence: ClassVar[str] = gettext_noop("Something went wrong.")

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.sentence % params)

    def problem(self, title: str) -> dict[str, Any]:
        """Return the problem details of it (RFC 9457); ``title`` is its sentence in the language of who asks."""
        return {"type": "about:blank", "title": title, "status": self.status, "code": self.code}


class NotAPdf(PliegoError):
    """The bytes have no PDF header."""

    code = "not-a-pdf"
    status = 415
    sentence = gettext_noop("This file is not a PDF.")


class EmptyFile(PliegoError):
    """Nothing arrived."""

    code = "empty-file"
    sentence = gettext_noop("This file is empty.")


class AddressTaken(PliegoError):
    """Each e-mail address has one account."""

    code = "address-taken"
    status = 409
    sentence = gettext_noop("This e-mail address has an account already.")


class FolderInItself(PliegoError):
    """A move that would make a ring."""

    code = "folder-in-itself"
    status = 409
    sentence = gettext_noop("A folder cannot lie within itself.")


class NoRoomForMore(PliegoError):
    """An account keeps so many folders, levels of them, or tags, and no more."""

    code = "no-room-for-more"
    status = 409
    sentence = gettext_noop("There is room for %(most)s of these and no more.")


class LetterNotSent(PliegoError):
    """The mail server cannot be reached or refuses."""

    code = "letter-not-sent"
    status = 503
    sentence = gettext_noop("The e-mail could not be sent. Try again in a while.")


class NoFile(PliegoError):
    """A form came without a file."""

    code = "no-file"
    sentence = gettext_noop("Choose a PDF first.")


class FileCount(PliegoError):
    """A tool got more files than it takes, or fewer."""

    code = "file-count"
    sentence = gettext_noop("Number of files that can be given here: %(wanted)s.")


class TooLarge(PliegoError):
    """Over PLIEGO_MAX_UPLOAD_MB; ``limit`` is in megabytes."""

    code = "too-large"
    status = 413
    sentence = gettext_noop("This file is larger than the %(limit)s MB that this site accepts.")


class AccountFull(PliegoError):
    """Over PLIEGO_QUOTA_ACCOUNT_MB; ``used`` and ``most`` are in megabytes."""

    code = "account-full"
    status = 413
    sentence = gettext_noop("Your account has no room for this file: %(used)s of %(most)s MB are taken.")


class TooManyDocuments(PliegoError):
    """Over PLIEGO_QUOTA_ACCOUNT_DOCUMENTS, which is ``most``."""

    code = "too-many-documents"
    status = 413
    sentence = gettext_noop("Your account holds as many documents as it may: %(most)s.")


class NetworkFull(PliegoError):
    """Over what may be shared from one network in a day without an account (PLIEGO_QUOTA_NETWORK_...)."""

    code = "network-full"
    status = 429
    sentence = gettext_noop("No more can be shared from your network today. Please go on tomorrow.")


class ToolsFull(PliegoError):
    """Over what the tools take in a day from one network (PLIEGO_QUOTA_NETWORK_MB) or account (..._ACCOUNT_MB)."""

    code = "tools-full"
    status = 429
    sentence = gettext_noop("No more files can be given to the tools from here today. Please go on tomorrow.")


class MethodNotAllowed(PliegoError):
    """A request of a kind that its address does not answer (RFC 9110, 15.5.6)."""

    code = "method-not-allowed"
    status = 405
    sentence = gettext_noop("This address does not answer requests of this kind.")


class LengthUnknown(PliegoError):
    """A body in chunks (RFC 9112, 7.1): a file is refused for its size before it is sent, so that has to be told."""

    code = "length-unknown"
    status = 411
    sentence = gettext_noop("This was sent without its length. Send it with a Content-Length.")


class StorageFails(PliegoError):
    """The disk gives or takes nothing, or the rights of its files keep the site from them."""

    code = "storage-fails"
    status = 503
    sentence = gettext_noop(
        "The server cannot use its own files just now. Please try again later; "
        "whoever runs it finds the reason in its log."
    )


class DiskFull(StorageFails):
    """Free space is under the floor: refuse before the transfer, keep everything else going."""

    code = "disk-full"
    status = 507
    sentence = gettext_noop("There is no room for this on the server just now. Please try again later.")


class Interrupted(PliegoError):
    """The connection ended before the announced length."""

    code = "interrupted"
    sentence = gettext_noop("The connection was cut before the whole file arrived. Please send it again.")


class NotFound(PliegoError):
    """Unknown and forbidden give the same answer."""

    code = "not-found"
    status = 404
    sentence = gettext_noop("There is nothing at this address.")


class LinkEnded(NotFound):
    """A share link that lets nobody in: revoked, expired, used up, or never given out. Nobody is told which."""

    code = "link-ended"
    sentence = gettext_noop("This link opens nothing, or no longer. Ask whoever gave it to you for another one.")


class TakenDown(PliegoError):
    """A document that the operator has taken down, or its bytes again; ``statement`` says why."""

    code = "taken-down"
    status = 451
    sentence = gettext_noop("This document was taken down here: %(statement)s")


class Forbidden(PliegoError):
    """A request from another site, or a wrong secret."""

    code = "forbidden"
    status = 403
    sentence = gettext_noop("This is not allowed from here.")


class BadRequest(PliegoError):
    """A value outside what the address or form accepts; ``what`` names it."""

    code = "bad-request"
    sentence = gettext_noop("This value is not accepted: %(what)s.")


class NotGiven(BadRequest):
    """A value that is needed was left out; ``what`` names it."""

    code = "not-given"
    sentence = gettext_noop("This is still missing: %(what)s.")


class NothingFilledIn(BadRequest):
    """The fields of a form came back as they were."""

    code = "nothing-filled-in"
    sentence = gettext_noop("Fill in at least one field of the form.")


class FormatUnknown(PliegoError):
    """An answer was asked for in a format that is not spoken (oEmbed 1.0, 2.3.5)."""

    code = "format-unknown"
    status = 501
    sentence = gettext_noop("Answers come as json or as xml.")


class UnreadablePdf(PliegoError):
    """A PDF by its header, but no reader can open it."""

    code = "unreadable-pdf"
    status = 422
    sentence = gettext_noop("This PDF is damaged and could not be read.")


class NoPages(UnreadablePdf):
    """The file opens but holds no page."""

    code = "no-pages"
    sentence = gettext_noop("This PDF has no pages.")


class SameVersion(PliegoError):
    """A replacement that is the file the document has already."""

    code = "same-version"
    status = 409
    sentence = gettext_noop("This is the very file that the document has already.")


class NeedsPassword(PliegoError):
    """Encrypted with a user password that we do not have."""

    code = "needs-password"
    status = 422
    sentence = gettext_noop("This PDF is protected with a password.")


class WrongPassword(NeedsPassword):
    """The password does not open the file."""

    code = "wrong-password"
    sentence = gettext_noop("That password does not open this PDF.")


class WrongLinkPassword(PliegoError):
    """The password of a share link does not fit, or too many were tried; nobody is told which."""

    code = "wrong-link-password"
    status = 422
    sentence = gettext_noop(
        "That password does not open this, or too many were tried. Wait a few minutes and try again."
    )


class ReaderStopped(PliegoError):
    """The confined reader was ended; ``reason`` is 'time', 'memory', 'size' (too big an answer) or 'crash'."""

    code = "reader-stopped"
    status = 422
    sentence = gettext_noop("This PDF asks for more than a reader may use and could not be read.")

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason=reason)


class ReaderBusy(PliegoError):
    """The reader process is not there or every place in it is taken: try again soon."""

    code = "reader-busy"
    status = 503
    sentence = gettext_noop("The page is being prepared. Please try again in a moment.")


class SiteBusy(PliegoError):
    """Every place for requests that send something is taken: try again soon."""

    code = "site-busy"
    status = 503
    sentence = gettext_noop("Many files are arriving just now. Please try again in a moment.")


class TooMany(PliegoError):
    """More in a short time than one place may send."""

    code = "too-many"
    status = 429
    sentence = gettext_noop("That is a lot for a short time. Please try again in an hour.")


class TooFast(TooMany):
    """More in a minute than one key may ask."""

    code = "too-fast"
    sentence = gettext_noop("That is a lot for a short time. Please try again in a minute.")


class NeedsKey(PliegoError):
    """What an account alone may ask: without its key, or with one that was made up or revoked."""

    code = "needs-key"
    status = 401
    sentence = gettext_noop("This takes the key of an account, and one that has not been revoked.")


class KeyReadsOnly(Forbidden):
    """A key without the right to change anything."""

    code = "key-reads-only"
    sentence = gettext_noop("This key may read, but not change anything.")


class UploadBusy(PliegoError):
    """Another piece of the same upload is coming in."""

    code = "upload-busy"
    status = 423
    sentence = gettext_noop("This upload is still receiving. Please try again in a moment.")


class UploadExpired(PliegoError):
    """A resumable upload that did not go on in time."""

    code = "upload-expired"
    status = 410
    sentence = gettext_noop("This upload was given up. Please send the file again.")


class WrongOffset(PliegoError):
    """A piece that does not begin where the upload stands; ask for the offset and go on from there."""

    code = "wrong-offset"
    status = 409
    sentence = gettext_noop("This piece does not fit to what has arrived so far.")


class ChecksumMismatch(PliegoError):
    """A piece was damaged on its way and not kept (tus 1.0, checksum extension)."""

    code = "checksum-mismatch"
    status = 460
    sentence = gettext_noop("This piece was damaged on its way. Please send it again.")


class ProgramMissing(PliegoError):
    """A tool needs a program of others that is not installed; ``command`` installs it."""

    code = "program-missing"
    status = 501
    sentence = gettext_noop(
        "This needs the program %(program)s, which is not installed here. Whoever runs this site installs it with: "
        "%(command)s"
    )


class FilesGone(PliegoError):
    """What a job was to work on is no longer on the disk."""

    code = "files-gone"
    status = 410
    sentence = gettext_noop("The files of this job are no longer there. Please begin again.")
