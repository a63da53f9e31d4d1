"""What the levels mean in each domain of life: our own words, for our own ten domains.

Level 1 is acute need, 2 great difficulty, 3 just about managing, 4 managing well, 5 stable by one's own strength.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import LifeDomain

LEVEL_NAMES: Mapping[int, object] = {
    1: _("akute Not"),
    2: _("große Schwierigkeiten"),
    3: _("kommt knapp zurecht"),
    4: _("kommt gut zurecht"),
    5: _("stabil aus eigener Kraft"),
}
# Talked about only when the person wants to: facts of special categories (Art. 9 DSGVO) or close to them.
SENSITIVE = frozenset({LifeDomain.HEALTH, LifeDomain.MIND, LifeDomain.LANGUAGE, LifeDomain.SAFETY})

ANCHORS: Mapping[LifeDomain, tuple[object, object, object, object, object]] = {
    LifeDomain.MONEY: (
        _("Für Essen, Miete oder Strom ist kein Geld da, oder das Konto ist gepfändet."),
        _("Das Geld reicht fast nie bis zum Monatsende. Rechnungen bleiben liegen, die Schulden wachsen."),
        _("Das Nötigste ist bezahlt. Eine kaputte Waschmaschine oder eine Nachzahlung wirft alles um."),
        _("Einnahmen und Ausgaben passen zusammen. Schulden werden nach einem Plan abbezahlt."),
        _("Das Geld reicht, auch für Unerwartetes ist etwas zurückgelegt."),
    ),
    LifeDomain.WORK: (
        _("Die Arbeit ist gerade verloren oder akut in Gefahr, und es gibt noch keinen Plan."),
        _("Schon lange ohne Arbeit oder Ausbildung. Bewerbungen gelingen kaum oder wirken aussichtslos."),
        _("Es gibt einen Weg: Kurs, Praktikum, Minijob oder erste Bewerbungen. Er ist noch unsicher."),
        _("In Arbeit oder Ausbildung, die zum Leben passt. Einzelnes ist noch zu klären."),
        _("In sicherer Arbeit oder Ausbildung und zufrieden damit."),
    ),
    LifeDomain.HOME: (
        _("Keine Wohnung, Räumung angekündigt, oder Strom und Heizung sind gesperrt."),
        _("Die Wohnung ist gekündigt, viel zu klein oder macht krank. Mietschulden sind da."),
        _("Ein Dach über dem Kopf ist sicher, aber Miete, Energie oder Zustand machen Sorgen."),
        _("Die Wohnung passt und ist bezahlbar. Kleine Mängel sind bekannt und in Arbeit."),
        _("Die Wohnung ist sicher, passt und ist gut zu bezahlen."),
    ),
    LifeDomain.FAMILY: (
        _("Kinder oder Angehörige sind nicht gut versorgt, oder das Zusammenleben ist nicht auszuhalten."),
        _("Ständig Streit oder Überlastung. Die Betreuung der Kinder bricht immer wieder weg."),
        _("Der Alltag mit der Familie läuft, aber nur mit großer Anstrengung und ohne Reserve."),
        _("Familie und Betreuung sind gut geregelt. Für schwierige Tage gibt es Hilfe."),
        _("Die Familie gibt Halt, und die Betreuung ist auf Dauer sicher."),
    ),
    LifeDomain.HEALTH: (
        _("Dringend nötige Behandlung oder Pflege fehlt, oder es gibt keine Krankenversicherung."),
        _("Krankheit oder Pflege bestimmt den Tag, und die Hilfe dabei reicht nicht."),
        _("In Behandlung oder mit Pflege versorgt, aber anderes kommt dadurch zu kurz."),
        _("Beschwerden sind gut behandelt, Pflege ist geregelt. Der Alltag gelingt."),
        _("Gesund, oder mit einer Krankheit, die im Alltag kaum stört."),
    ),
    LifeDomain.MIND: (
        _("Eine Krise: Die Person denkt daran, sich etwas anzutun, oder der Konsum ist außer Kontrolle."),
        _("Die Belastung oder der Konsum ist so stark, dass vieles im Alltag nicht mehr geht."),
        _("Gute und schlechte Tage wechseln. Erste Hilfe ist da oder wird gerade gesucht."),
        _("Belastung ist da, aber es gibt Hilfe und eigene Wege, damit umzugehen."),
        _("Im Gleichgewicht, auch wenn es einmal schwierig wird."),
    ),
    LifeDomain.LANGUAGE: (
        _("Der Aufenthalt ist akut in Gefahr, oder ohne Deutsch geht gerade gar nichts."),
        _("Der Aufenthalt ist unsicher, oder fast jedes Gespräch braucht Dolmetschen."),
        _("Der Aufenthalt ist für einige Zeit sicher. Einfache Gespräche gelingen, Briefe und Ämter nicht."),
        _("Der Aufenthalt ist sicher. Im Alltag reicht das Deutsch, schwierige Texte brauchen Hilfe."),
        _("Aufenthalt und Sprache sind keine Hürde mehr, oder waren nie eine."),
    ),
    LifeDomain.PAPERS: (
        _("Post bleibt ungeöffnet, oder Ausweise fehlen. Leistungen fallen deshalb weg."),
        _("Ohne Hilfe gehen keine Anträge. Fristen werden oft verpasst."),
        _("Einfache Briefe und Anträge gelingen, bei schwierigen braucht es jemanden daneben."),
        _("Unterlagen sind geordnet, Fristen im Blick. Hilfe nur bei Neuem oder Streit."),
        _("Regelt alles mit Ämtern selbst und kennt die eigenen Rechte."),
    ),
    LifeDomain.PEOPLE: (
        _("Ganz allein, und der Alltag mit Essen, Haushalt und Tagesablauf bricht zusammen."),
        _("Kaum jemand, den man fragen kann. Der Alltag gelingt nur an manchen Tagen."),
        _("Ein oder zwei Menschen helfen. Der Alltag geht, für mehr reicht es nicht."),
        _("Freunde, Nachbarn oder eine Gruppe sind da. Der Tag hat einen guten Ablauf."),
        _("Gut eingebunden, hilft auch anderen. Der Alltag läuft von selbst."),
    ),
    LifeDomain.SAFETY: (
        _("Gewalt oder Bedrohung, oder eine Haft steht bevor. Es muss sofort etwas geschehen."),
        _("Angst vor jemandem, oder ein Verfahren bei Gericht läuft ohne Beistand."),
        _("Zurzeit sicher, ein Streit oder Verfahren ist offen. Beratung ist gefunden."),
        _("Sicher. Offene Rechtsfragen sind in guten Händen."),
        _("Sicher und ohne offene Rechtsfragen."),
    ),
}
