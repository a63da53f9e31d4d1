"""Rows of the directory as shapes: the inverse of `commands.put_service`."""

import uuid

from tragnetz.directory import shapes
from tragnetz.directory.models import Service
from tragnetz.directory.papers import in_order
from tragnetz.directory.places import with_places


def whole(service_id: uuid.UUID) -> Service:
    """Return a service with all rows that its record needs. Raises Service.DoesNotExist."""
    rows = Service.objects.select_related("authority", "organisation", "network")
    return rows.prefetch_related("topics", "papers", "districts", with_places()).get(pk=service_id)


def record_of(row: Service) -> shapes.Service:
    """Return a service as it could stand in a city's file; its situations name it, not the other way round."""
    from_offices = row.authority_id is not None
    return shapes.Service.model_validate(
        {
            "id": row.key,
            "kind": row.kind,
            "status": row.status,
            "name": row.name,
            "summary": row.summary,
            "description": row.description,
            "authority": row.authority.key if row.authority else None,
            "organisation": row.organisation.key if row.organisation else None,
            "places": []
            if from_offices
            else [
                {
                    "id": str(place.pk),
                    "site": place.site.key,
                    "hours": place.hours,
                    "phones": place.phones,
                    "note": place.note or None,
                }
                for place in row.places.all()
            ],
            "topics": sorted(topic.key for topic in row.topics.all()),
            "keywords": row.keywords,
            "legal_basis": row.legal_basis,
            "prerequisites": row.prerequisites or None,
            "exclusions_text": row.exclusions_text or None,
            "papers": [paper.key for paper in in_order(row)],
            "date_rule": row.date_rule or None,
            "cost": row.cost or None,
            "cost_options": row.cost_options,
            "capacities": row.capacities,
            "waiting": row.waiting or None,
            "languages": row.languages,
            "contact": row.contact,
            "hours": row.hours,
            "districts": sorted(district.key for district in row.districts.all()),
            "opens": row.opens,
            "excludes": row.excludes,
            "gives": row.gives,
            "sensitive": row.sensitive,
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
            "source": row.source,
            "checked": row.checked,
        }
    )
