"""Why a tool gives no result: of the family in pliego/errors.py, said by the tools of this room alone."""

from pliego.errors import PliegoError, UnreadablePdf, gettext_noop


class DamagedPdf(UnreadablePdf):
    """A PDF that a tool cannot read, perhaps only until it is repaired."""

    code = "damaged-pdf"
    sentence = gettext_noop("This PDF is damaged and could not be read. Perhaps the tool “Repair a PDF” can mend it.")


class BadPages(PliegoError):
    """A list of pages that cannot be understood; ``part`` is what stands there."""

    code = "bad-pages"
    sentence = gettext_noop("“%(part)s” names no pages. Write them like this: 1-3, 7, odd, last.")


class NoSuchPage(PliegoError):
    """A page beyond the end of a document of ``count`` pages."""

    code = "no-such-page"
    status = 422
    sentence = gettext_noop("There is no page %(page)s: this PDF has %(count)s.")


class NoPageLeft(PliegoError):
    """Every page was to be removed."""

    code = "no-page-left"
    status = 422
    sentence = gettext_noop("A PDF needs at least one page: leave one.")


class NoSuchLetters(PliegoError):
    """Letters to be written onto a page that the typeface has not."""

    code = "no-such-letters"
    status = 422
    sentence = gettext_noop(
        "These letters cannot be written onto a page: %(letters)s. Those of Latin, Greek and Cyrillic script can."
    )


class NothingToFill(PliegoError):
    """No values for a form; ``fields`` tells which it has, ``blanks`` the same for a program (see blanks.py)."""

    code = "nothing-to-fill"
    status = 422
    sentence = gettext_noop("Say what to write into which field. This form has: %(fields)s.")


class NoForm(PliegoError):
    """A PDF without fields was to be filled in."""

    code = "no-form"
    status = 422
    sentence = gettext_noop("This PDF has no form with fields to fill in.")


class NotAnImage(PliegoError):
    """A file that is no picture, or of a kind that is not known here."""

    code = "not-an-image"
    status = 415
    sentence = gettext_noop("This file is no picture that can be read.")


class PictureKindUnknown(NotAnImage):
    """A picture of a kind that nothing here can read; ``kind`` is what it is called."""

    code = "picture-kind-unknown"
    sentence = gettext_noop("%(kind)s pictures cannot be read here. Save it as JPEG or PNG first.")


class HeicUnknown(PictureKindUnknown):
    """A picture as iPhones take them."""

    code = "heic-unknown"
    sentence = gettext_noop(
        "HEIC photographs cannot be read here; JPEG can. On an iPhone, copy the photograph in Photos and paste it into "
        "Files, where it becomes a JPEG. For new ones choose Settings, Camera, Formats, Most Compatible."
    )


class NotConvertible(PliegoError):
    """A file that LibreOffice makes no PDF of."""

    code = "not-convertible"
    status = 415
    sentence = gettext_noop(
        "No PDF could be made of this file. Known are Word, Excel, PowerPoint, OpenDocument, RTF, HTML, CSV and plain "
        "text, without a password."
    )


class NotArchival(PliegoError):
    """A result that does not hold what PDF/A-2b asks for, ``what`` above all; it is thrown away."""

    code = "not-archival"
    status = 422
    sentence = gettext_noop("This PDF could not be made a PDF/A-2b, so there is no result (%(what)s).")


class NotRedacted(PliegoError):
    """Something that was to be blacked out can still be found in the result, which is thrown away."""

    code = "not-redacted"
    status = 422
    sentence = gettext_noop("It could not be proved that all of it is gone, so there is no result.")
