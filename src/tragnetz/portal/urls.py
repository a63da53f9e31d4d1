"""Addresses of the public site."""

from django.urls import path

from tragnetz.portal import views
from tragnetz.portal.asked import views as asked
from tragnetz.portal.booking import views as booking
from tragnetz.portal.calendar import views as calendar
from tragnetz.portal.callback import views as callback
from tragnetz.portal.changes import views as changes
from tragnetz.portal.check import views as check
from tragnetz.portal.embed import views as embed
from tragnetz.portal.finder import views as finder
from tragnetz.portal.groups import views as groups
from tragnetz.portal.leaflet import views as leaflet
from tragnetz.portal.map import views as city_map
from tragnetz.portal.opendata import views as opendata
from tragnetz.portal.own import asked as own_asked
from tragnetz.portal.own import exported as own_exported
from tragnetz.portal.own import letter as own_letter
from tragnetz.portal.own import papers as own_papers
from tragnetz.portal.own import views as own
from tragnetz.portal.proposal import views as proposal
from tragnetz.portal.provider import views as provider
from tragnetz.portal.remark import views as remark
from tragnetz.portal.reply import helped
from tragnetz.portal.reply import views as reply
from tragnetz.portal.report import views as report
from tragnetz.portal.search import views as search
from tragnetz.portal.takeaway import views as takeaway
from tragnetz.portal.waiting import views as waiting
from tragnetz.portal.week import views as week

app_name = "portal"
urlpatterns = [
    path("", views.start, name="start"),
    path("zustaendig/", views.place, name="place"),
    path("suche/", search.search, name="search"),
    path("situation/<slug:key>/", views.situation, name="situation"),
    path("wegweiser/", finder.finder, name="finder"),
    path("wegweiser/ergebnis/", finder.result, name="result"),
    path("rechnen/", check.check, name="check"),
    path("angebote/", views.offers, name="offers"),
    path("angebote/<slug:key>.ics", calendar.calendar, name="calendar"),
    path("angebote/<slug:key>/", views.offer, name="offer"),
    path("angebote/<slug:key>/stimmt-nicht/", report.report, name="report"),
    path("pruefen/<str:secret>/", provider.provider, name="provider"),
    path("pruefen/<str:secret>/<uuid:service_id>/", provider.entry, name="provider_entry"),
    path("antwort/<str:secret>/", reply.reply, name="reply"),
    path("geholfen/<str:secret>/", helped.helped, name="helped"),
    path("frage/<str:secret>/", asked.asked, name="asked"),
    path("neu/", changes.news, name="news"),
    path("daten/", opendata.open_data, name="open_data"),
    path("daten/<slug:dataset>/<int:year>.<slug:kind>", opendata.file, name="open_data_file"),
    path("feeds/angebote.atom", changes.feed, name="feed"),
    path("einbetten/", embed.partners, name="partners"),
    path("rahmen/suche/", embed.search, name="frame_search"),
    path("rahmen/angebote/", embed.offers, name="frame_offers"),
    path("rahmen/angebot/<slug:key>/", embed.offer, name="frame_offer"),
    path("angebote/<slug:key>/blatt.pdf", leaflet.leaflet, name="leaflet"),
    path("offen/", week.week, name="week"),
    path("stadtplan/", city_map.city_map, name="map"),
    path("mitnehmen/", takeaway.keep, name="takeaway"),
    path("merkzettel.pdf", takeaway.printed, name="sheet"),
    path("mein-code/", takeaway.mine, name="my_answers"),
    path("termin/", booking.book, name="booking"),
    path("termin/vorschlag/<str:secret>/", proposal.proposal, name="proposal"),
    path("mein-termin/", booking.mine, name="my_booking"),
    path("gruppen/", groups.calendar, name="groups"),
    path("gruppen/kalender.ics", groups.feed, name="group_feed"),
    path("gruppen/da/<str:signed>/", groups.arrive, name="group_arrive"),
    path("gruppen/<slug:key>.ics", groups.group_file, name="group_file"),
    path("gruppen/<slug:key>/", groups.group, name="group"),
    path("gruppen/<slug:key>/anmelden/", groups.register, name="group_register"),
    path("meine-gruppe/", groups.mine, name="my_group"),
    path("mein-termin/termin.ics", calendar.own, name="my_calendar"),
    path("rueckruf/", callback.callback, name="callback"),
    path("warteliste/", waiting.join, name="waiting"),
    path("mein-platz/", waiting.mine, name="my_waiting"),
    path("meine-begleitung/", own.page, name="own"),
    path("meine-begleitung/ende/", own.leave, name="own_leave"),
    path("meine-begleitung/schritt/", own.step, name="own_step"),
    path("meine-begleitung/nachricht/", own.message, name="own_message"),
    path("meine-begleitung/brief/", own_letter.letter, name="own_letter"),
    path("meine-begleitung/lebenslagen/", own.rate, name="own_rate"),
    path("meine-begleitung/widerruf/", own.withdraw, name="own_withdraw"),
    path("meine-begleitung/hilfe/", own.told, name="own_told"),
    path("meine-begleitung/frage/<slug:moment>/", own_asked.asked, name="own_asked"),
    path("meine-begleitung/termin/", own.booking, name="own_booking"),
    path("meine-begleitung/lebenslauf.pdf", own_papers.resume, name="own_resume"),
    path("meine-begleitung/lebenslauf.docx", own_papers.resume_file, name="own_resume_file"),
    path("meine-begleitung/bewerbung.pdf", own_papers.cover, name="own_cover"),
    path("meine-begleitung/daten.json", own_exported.as_json, name="own_json"),
    path("meine-begleitung/daten.pdf", own_exported.as_pdf, name="own_pdf"),
    path("ueber/", views.about, name="about"),
    path("barrierefreiheit/", views.accessibility, name="accessibility"),
    path("barrierefreiheit/melden/", remark.barrier, name="barrier"),
    path("rueckmeldung/", remark.remark, name="remark"),
    path("sprachen/", views.languages, name="languages"),
    path("datenschutz/", views.privacy, name="privacy"),
    path("impressum/", views.imprint, name="imprint"),
]
