"""The door to the pages of a case: what is not for the actor does not exist."""

import uuid

from django.http import Http404

from tragnetz.casework.overview.queries import CaseView, case_view
from tragnetz.network.middleware import NetworkRequest


def case_of(request: NetworkRequest, case_id: uuid.UUID) -> CaseView:
    """Return a case with its household, and leave an audit event with the page; a foreign one does not exist."""
    page = request.resolver_match.url_name if request.resolver_match else ""
    found = case_view(request.actor, case_id, page=page or "")
    if found is None:
        raise Http404
    return found
