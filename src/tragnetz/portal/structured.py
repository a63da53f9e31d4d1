"""What a page shows, for search engines: schema.org in JSON-LD, as a data block that no browser runs."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from tragnetz.core.texts import choose
from tragnetz.directory.models import Service
from tragnetz.directory.responsibility import Responsible
from tragnetz.network.models import Site
from tragnetz.network.rules import DAYS

_HARMLESS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_PUBLIC = {"municipality", "municipal_company", "agency", "court"}
_WEEK = dict(zip(DAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))


def structured(service: Service, office: Responsible | None, city: str, language: str, url: str) -> SafeString:
    """Return the JSON of a service (schema.org/Service, GovernmentService for benefits)."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService" if service.kind == "benefit" else "Service",
        "name": choose(service.name, language).text,
        "description": choose(service.summary, language).text,
        "url": url,
        "areaServed": {"@type": "City", "name": city},
        "availableChannel": _channel(service, office),
        "provider": _provider(office),
    }
    return data_block({name: value for name, value in found.items() if value})


def data_block(found: dict[str, Any]) -> SafeString:
    """Return values as JSON that can stand inside of a page."""
    text = json.dumps(found, ensure_ascii=False)
    return mark_safe(text.translate(_HARMLESS))  # noqa: S308 -- no sign is left that could end the block


def _provider(office: Responsible | None) -> dict[str, Any] | None:
    if office is None:
        return None
    is_public = office.organisation is None or office.organisation.kind in _PUBLIC
    return {"@type": "GovernmentOrganization" if is_public else "Organization", "name": office.name["de"]} | (
        {"url": office.url} if office.url else {}
    )


def _channel(service: Service, office: Responsible | None) -> dict[str, Any] | None:
    if office is None:
        return None
    found: dict[str, Any] = {
        "@type": "ServiceChannel",
        "serviceUrl": office.url,
        "servicePhone": {"@type": "ContactPoint", "telephone": office.phone} if office.phone else None,
        "availableLanguage": service.languages,
        "serviceLocation": place(office.site, office.hours) if office.site else None,
    }
    return {name: value for name, value in found.items() if value}


def place(site: Site, hours: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a site with its weekly hours (schema.org/Place)."""
    return {
        "@type": "Place",
        "name": site.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": f"{site.street} {site.number}".strip(),
            "postalCode": site.postcode,
            "addressLocality": site.city or site.network.city,
            "addressCountry": site.network.holiday_country,
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_WEEK[day] for day in row["days"]],
                "opens": str(row["opens"])[:5],
                "closes": str(row["closes"])[:5],
                **{name: row[own] for name, own in (("validFrom", "from"), ("validThrough", "until")) if row.get(own)},
            }
            for row in hours
            # schema.org knows weekly hours only: a rhythm it cannot say is left out, never made simpler.
            if row.get("opens") and not row.get("nth") and row.get("every", 1) == 1
        ],
    }
