"""Vocabulary of casework."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LEAST_LEVEL, MOST_LEVEL = 1, 5  # of a domain of life


class Channel(TextChoices):
    """How somebody came to us."""

    PHONE = "phone", _("Telefon")
    WEB = "web", _("Internet")
    VISIT = "visit", _("persönlich")


class Outcome(TextChoices):
    """What an enquiry led to."""

    INFORMATION = "information", _("nur Auskunft")
    APPOINTMENT = "appointment", _("Termin")
    CALLBACK = "callback", _("Rückruf")
    WAITING = "waiting", _("Warteliste")
    GROUP = "group", _("Gruppe")


class CaseState(TextChoices):
    """Whether a case is worked on."""

    OPEN = "open", _("offen")
    CLOSED = "closed", _("beendet")


class NoteKind(TextChoices):
    """What a note is: what happened, what we think of it, what was agreed."""

    FACTS = "facts", _("Sachverhalt")
    ASSESSMENT = "assessment", _("Einschätzung")
    AGREEMENT = "agreement", _("Vereinbarung")


class StepOwner(TextChoices):
    """Who takes a step."""

    PERSON = "person", _("die Person")
    COUNSELLOR = "counsellor", _("Beratung")
    OFFICE = "office", _("Amt")


class Level(TextChoices):
    """How much help it is (docs/casework.md): nobody is pushed through more than they need."""

    ENQUIRY = "enquiry", _("Anfrage")
    SHORT = "short", _("Kurzberatung")
    MANAGEMENT = "management", _("Fallbegleitung")


class Indication(TextChoices):
    """What speaks for case management: five criteria of practice (josef-trattler.at), a help to decide, no rule."""

    PROBLEMS = "problems", _("Es sind mehrere Probleme auf einmal.")
    PROVIDERS = "providers", _("Es sind mehrere Stellen beteiligt oder nötig.")
    ROUTINE = "routine", _("Die üblichen Wege haben nicht geholfen.")
    RESOURCES = "resources", _("Eigene Kraft und Hilfe im Umfeld reichen gerade nicht.")
    CONSENT = "consent", _("Die Person möchte über längere Zeit begleitet werden.")


class LifeDomain(TextChoices):
    """The domains of life that one looks at: our own ten."""

    MONEY = "money", _("Geld und Schulden")
    WORK = "work", _("Arbeit und Ausbildung")
    HOME = "home", _("Wohnen und Energie")
    FAMILY = "family", _("Familie und Kinderbetreuung")
    HEALTH = "health", _("Gesundheit und Pflege")
    MIND = "mind", _("Seelische Belastung und Sucht")
    LANGUAGE = "language", _("Sprache und Aufenthalt")
    PAPERS = "papers", _("Behörden und Papiere")
    PEOPLE = "people", _("Menschen und Alltag")
    SAFETY = "safety", _("Recht und Sicherheit")


class Need(TextChoices):
    """How soon something must happen in a domain of life."""

    NONE = "", _("nicht eilig")
    SOON = "soon", _("bald")
    NOW = "now", _("sofort")


class Occasion(TextChoices):
    """When in the course of a case one looks at the domains of life."""

    START = "start", _("am Anfang")
    BETWEEN = "between", _("zwischendurch")
    END = "end", _("am Ende")


class Wish(TextChoices):
    """Whose wish a goal is."""

    PERSON = "person", _("Wunsch der Person")
    FAMILY = "family", _("Wunsch der Familie")
    SHARED = "shared", _("gemeinsam gefunden")
    OFFICE = "office", _("Auflage einer Stelle")


class GoalState(TextChoices):
    """What became of a goal."""

    OPEN = "open", _("offen")
    REACHED = "reached", _("erreicht")
    PARTLY = "partly", _("teilweise erreicht")
    DROPPED = "dropped", _("nicht mehr verfolgt")


class ContactKind(TextChoices):
    """How one met."""

    PHONE = "phone", _("Telefon")
    OFFICE = "office", _("in der Beratungsstelle")
    HOME = "home", _("Hausbesuch")
    VIDEO = "video", _("Video")
    ESCORT = "escort", _("Begleitung zu einer Stelle")
    LETTER = "letter", _("Brief oder E-Mail")
    ALONE = "alone", _("Arbeit am Fall, ohne Gespräch")


class Participant(TextChoices):
    """With whom one met."""

    PERSON = "person", _("die Person")
    PARTNER = "partner", _("Partner oder Partnerin")
    CHILDREN = "children", _("Kinder")
    OTHERS = "others", _("andere aus Familie oder Umfeld")
    OFFICE = "office", _("Amt oder Behörde")
    PROVIDER = "provider", _("andere Einrichtung")


class Interpreting(TextChoices):
    """Who interpreted. Children never do."""

    NONE = "", _("niemand")
    POOL = "pool", _("Sprachmittlung (Pool)")
    PHONE = "phone", _("Dolmetschen am Telefon oder per Video")
    AGENCY = "agency", _("Dolmetschbüro")
    COLLEAGUE = "colleague", _("Kollegin oder Kollege")
    ADULT = "adult", _("erwachsene Vertrauensperson")


class EventKind(TextChoices):
    """What happened in somebody's life."""

    JOB_LOST = "job_lost", _("Arbeit verloren")
    JOB_FOUND = "job_found", _("Arbeit gefunden")
    SHORT_TIME = "short_time", _("Kurzarbeit")
    TRAINING = "training", _("Ausbildung oder Kurs begonnen")
    TRAINED = "trained", _("Abschluss geschafft")
    NOTICE = "notice", _("Wohnung gekündigt")
    MOVED = "moved", _("umgezogen")
    CUT_OFF = "cut_off", _("Strom oder Heizung gesperrt")
    BORN = "born", _("Kind geboren")
    JOINED = "joined", _("zusammengezogen oder geheiratet")
    PARTED = "parted", _("getrennt")
    ILL = "ill", _("krank geworden")
    CARE = "care", _("Pflege nötig")
    DEATH = "death", _("Todesfall")
    GRANTED = "granted", _("Leistung bewilligt")
    REFUSED = "refused", _("Leistung abgelehnt")
    DEBT = "debt", _("Mahnung, Pfändung oder neue Schulden")
    RESIDENCE = "residence", _("Aufenthalt geändert")
    OTHER = "other", _("anderes Ereignis")


class TaskKind(TextChoices):
    """What a task is about."""

    OTHER = "other", _("Aufgabe")
    AFTER_3 = "after_3", _("Nachfrage nach 3 Monaten")
    AFTER_6 = "after_6", _("Nachfrage nach 6 Monaten")


class AfterCare(TextChoices):
    """What somebody answers when one asks how it goes some months after the end, to tick: no free words."""

    BETTER = "better", _("es geht besser als am Ende der Beratung")
    SAME = "same", _("es geht etwa gleich")
    WORSE = "worse", _("es geht schlechter")
    NO_ANSWER = "no_answer", _("möchte nichts sagen")
    NOT_REACHED = "not_reached", _("nicht erreicht")


class HandoverPoint(TextChoices):
    """What is seen to when a case goes to another counsellor."""

    TOLD = "told", _("Die Person weiß Bescheid und ist einverstanden.")
    STATE = "state", _("Der Stand und die Ziele sind besprochen.")
    STEPS = "steps", _("Offene Schritte und Fristen sind genannt.")
    DATES = "dates", _("Vereinbarte Termine sind übergeben oder abgesagt.")
    PAPERS = "papers", _("Unterlagen sind übergeben.")
    SAFE = "safe", _("Wie wir die Person sicher erreichen, ist bekannt.")


class ClosingReason(TextChoices):
    """Why a case ends."""

    DONE = "done", _("Die Hilfe ist nicht mehr nötig.")
    WISH = "wish", _("Die Person möchte nicht weitermachen.")
    SILENT = "silent", _("Der Kontakt ist abgerissen.")
    MOVED = "moved", _("Die Person ist weggezogen.")
    REFERRED = "referred", _("Eine andere Stelle hat übernommen.")
    ENDED = "ended", _("Das Angebot oder Projekt ist zu Ende.")
    DIED = "died", _("Die Person ist verstorben.")
    MERGED = "merged", _("Mit einem anderen Fall zusammengelegt.")
    OTHER = "other", _("anderer Grund")


class ClosingResult(TextChoices):
    """What came of a case."""

    BETTER = "better", _("Die Lage ist besser.")
    PARTLY = "partly", _("Die Lage ist teils besser.")
    SAME = "same", _("Die Lage ist gleich geblieben.")
    WORSE = "worse", _("Die Lage ist schlechter.")
    UNKNOWN = "unknown", _("Wir wissen es nicht.")


class DeadlineState(TextChoices):
    """What became of a deadline."""

    OPEN = "open", _("offen")
    MET = "met", _("eingehalten")
    MISSED = "missed", _("versäumt")
    DROPPED = "dropped", _("nicht mehr nötig")


class Arrival(TextChoices):
    """How a letter came: it decides from when a period runs."""

    POST = "post", _("mit der Post")
    HANDED = "handed", _("übergeben oder zugestellt (gelber Umschlag)")
    NEVER = "never", _("nie angekommen")


class FileType(TextChoices):
    """What a file is by its content; nothing else is taken. The value ends its name."""

    PDF = "pdf", _("PDF")
    JPEG = "jpg", _("Foto (JPEG)")
    PNG = "png", _("Bild (PNG)")
    WEBP = "webp", _("Bild (WebP)")
    HEIC = "heic", _("Foto (HEIC)")  # of files that came before it was refused
    DOCX = "docx", _("Word")
    TEXT = "txt", _("Text")


class FileState(TextChoices):
    """Whether the content of a file is there, and whether it may be read."""

    KEPT = "kept", _("abgelegt")
    WAITING = "waiting", _("noch nicht geprüft")
    SEEN = "seen", _("gesehen, nicht behalten")
    INFECTED = "infected", _("Schadprogramm gefunden, gelöscht")


class KeepFor(TextChoices):
    """Why a file is kept, and so how long."""

    CASE = "case", _("bis zum Ende des Falls")
    DECISION = "decision", _("bis zum Bescheid")
    PROOF = "proof", _("bis der Nachweis nicht mehr gebraucht wird")


class DropReason(TextChoices):
    """Why a file is deleted before its time."""

    WRONG = "wrong", _("falsche Datei oder falscher Fall")
    DOUBLE = "double", _("doppelt")
    NEEDLESS = "needless", _("wird nicht mehr gebraucht")
    WISH = "wish", _("die Person möchte es")


class LetterState(TextChoices):
    """What became of a letter."""

    DRAFT = "draft", _("Entwurf")
    SENT = "sent", _("abgeschickt")
    DROPPED = "dropped", _("verworfen")


class LetterSender(TextChoices):
    """Who writes: the person, with the organisation not shown, or the organisation on its letterhead."""

    PERSON = "person", _("die Person selbst")
    ORGANISATION = "organisation", _("die Organisation")


class SendingWay(TextChoices):
    """How a letter left."""

    POST = "post", _("mit der Post")
    REGISTERED = "registered", _("als Einschreiben")
    FAX = "fax", _("per Fax")
    HANDED = "handed", _("abgegeben oder eingeworfen")
    PERSON = "person", _("die Person schickt oder bringt ihn selbst")


class Pressing(TextChoices):
    """What is due next in a case."""

    DEADLINE = "deadline", _("Frist")
    STEP = "step", _("Schritt")
    TASK = "task", _("Aufgabe")
    REVIEW = "review", _("Ziel ansehen")
