"""Pages to take a list of offers in, looked at before it is written, and to give the directory out as a file."""

import base64
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.core.clock import today
from tragnetz.core.downloads import file_answer
from tragnetz.directory.access import can_edit
from tragnetz.directory.hsds.files import KINDS, read_file, write_file
from tragnetz.directory.hsds.importing import NAMED, Report, import_bundle
from tragnetz.directory.hsds.reading import ReadingError
from tragnetz.directory.hsds.sheets import HEADS
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff

LARGEST = 1_500_000  # bytes; the file travels with the page from the look to the writing, and is kept nowhere


class ImportForm(forms.Form):
    """What is to be read, and how."""

    source = forms.CharField(
        label=gettext_lazy("Woher ist die Liste?"),
        help_text=gettext_lazy("Steht als Quelle bei jedem Eintrag. Zum Beispiel: Liste des Sozialforums, 11/2026"),
        max_length=200,
        error_messages={"required": gettext_lazy("Bitte schreiben Sie, woher die Liste ist.")},
    )
    topic = forms.ChoiceField(label=gettext_lazy("Thema, wenn keines dabei steht"), required=False)
    columns = forms.CharField(
        label=gettext_lazy("Andere Spaltennamen"),
        help_text=gettext_lazy(
            "Nur wenn die Spalten der Tabelle anders heißen als unsere. Eine Zeile für jede: „Was = Name“."
            " Unsere Spalten: %s."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        choices = [("", _("keines")), *((row.key, row.name["de"]) for row in topics())]
        self.fields["columns"].help_text = str(self.fields["columns"].help_text) % ", ".join(HEADS.values())
        self.fields["topic"] = forms.ChoiceField(label=self.fields["topic"].label, choices=choices, required=False)

    def clean_columns(self) -> dict[str, str]:
        """Read the lines of the mapping."""
        pairs = [line.split("=", 1) for line in self.cleaned_data["columns"].splitlines() if line.strip()]
        if any(len(pair) < 2 for pair in pairs):  # noqa: PLR2004 -- a pair
            raise forms.ValidationError(_("Jede Zeile braucht ein „=“: Spalte = Feld."))
        return {left.strip(): right.strip() for left, right in pairs}


@dataclass(frozen=True, slots=True)
class _Sent:
    """The file that came, for the first time or carried by the page."""

    name: str
    packed: bytes


def _sent(request: NetworkRequest) -> _Sent | str:
    """Return the file, or what is wrong with it."""
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > LARGEST:
            return _("Die Datei ist zu groß für diese Seite (höchstens 1,5 MB). Die Verwaltung kann sie einlesen.")
        return _Sent(file.name or "", file.read())
    if request.POST.get("packed"):
        try:
            return _Sent(request.POST.get("name", "")[:200], base64.b64decode(request.POST["packed"], validate=True))
        except ValueError:
            return _("Die Datei ist unterwegs beschädigt worden. Bitte wählen Sie sie noch einmal.")
    return _("Bitte wählen Sie eine Datei.")


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: NetworkRequest) -> HttpResponse:
    """Look at a file: what would be new, changed, wrong; write it at the second press."""
    form = ImportForm(request.POST or None)
    context: dict[str, object] = {"form": form, "kinds": ", ".join(KINDS), "accept": ",".join(KINDS)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "workspace/catalogue/import.html", context, status=422 if form.errors else 200)
    sent = _sent(request)
    if isinstance(sent, str):
        form.add_error(None, sent)
        return render(request, "workspace/catalogue/import.html", context, status=422)
    report = _run(request, form, sent, dry_run="write" not in request.POST)
    if report.written:
        count = len(report.created) + len(report.changed)
        words = ngettext("%s Eintrag ist übernommen.", "%s Einträge sind übernommen.", count) % count
        messages.success(request, words)
        return redirect("workspace:catalogue")
    context |= {
        "report": report,
        "problems": report.problems[:NAMED],
        "notes": report.notes[:NAMED],
        "packed": base64.b64encode(sent.packed).decode(),
        "name": sent.name,
    }
    return render(request, "workspace/catalogue/import.html", context, status=422 if report.problems else 200)


def _run(request: NetworkRequest, form: ImportForm, sent: _Sent, *, dry_run: bool) -> Report:
    data = form.cleaned_data
    try:
        bundle = read_file(request.network, sent.name, sent.packed, data["columns"] or None)
        return import_bundle(
            actor=request.actor, bundle=bundle, source=data["source"], topic=data["topic"], dry_run=dry_run
        )
    except ReadingError as error:
        return Report(problems=list(error.problems))


@staff(can_edit)
@require_safe
def write(request: NetworkRequest, kind: str) -> HttpResponse:
    """Give the whole directory as a file."""
    if f".{kind}" not in KINDS:
        raise Http404
    name = f"{request.network.key}-{today(request.network.zone).isoformat()}.{kind}"
    return file_answer(write_file(request.network, name), name)
