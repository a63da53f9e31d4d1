"""The sheet for the partner: what the person brings along, or what was sent, with QR code and code for the phone."""

from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext as _

from tragnetz.core.texts import choose
from tragnetz.network.queries import told_phone
from tragnetz.printing.pdf import render_pdf
from tragnetz.printing.qr import qr_image
from tragnetz.referrals.links import Made
from tragnetz.referrals.models import Referral
from tragnetz.referrals.offering import unpacked
from tragnetz.referrals.queries import name_of, service_name


def sheet_pdf(referral: Referral, made: Made, on: date) -> bytes:
    """Return the sheet of a referral with its new link. It is for whoever carries it and for the partner alone."""
    reason, groups = unpacked(referral.handed)
    reply_by = format_date(referral.reply_by, "long", locale="de") if referral.reply_by else ""
    facts = [
        [_("An"), ", ".join(filter(None, (name_of(referral), service_name(referral))))],
        [_("Von"), f"{referral.case.organisation.name}, {referral.case.counsellor.user}"],
        [_("Telefon"), told_phone()], [_("Eilig?"), str(referral.get_urgency_display())],
        [_("Antwort erbeten bis"), reply_by],
    ]  # fmt: skip
    data = {
        "title": _("Bitte um Hilfe"), "network": choose(referral.network.name, "de").text,
        "date": format_date(on, "long", locale="de"), "facts": [row for row in facts if row[1]],
        "reason_title": _("Worum es geht"), "reason": reason,
        "groups": [{"name": one.name, "rows": [list(row) for row in one.rows]} for one in groups],
        "answer_title": _("So antworten Sie, ohne Konto"),
        "steps": [
            _("Halten Sie die Kamera auf das Bild, oder tippen Sie die Adresse ein."),
            _("Geben Sie den Code ein. Dann können Sie zusagen, absagen oder fragen."),
            _("Oder rufen Sie an und nennen Sie den Code."),
        ],
        "code_label": _("Code"), "code": made.code, "address": made.address, "qr": qr_image(made.address),
        "qr_alt": _("QR-Code mit der Adresse für Ihre Antwort"),
        "note": _("Vertraulich: nur für die Stelle, die oben genannt ist."),
    }  # fmt: skip
    return render_pdf("referral", data, language="de")
