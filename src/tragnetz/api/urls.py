"""The machine interface's addresses; its description stands at `openapi.json`."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Status
from ninja.errors import ValidationError
from ninja.parser import Parser

from tragnetz.api.shapes import CheckIn, CheckOut, FaultOut, FaultsOut, check_out
from tragnetz.benefits import library
from tragnetz.benefits.check import check as compute
from tragnetz.benefits.household import reasons_of
from tragnetz.core.clock import today
from tragnetz.network.middleware import NetworkRequest
from tragnetz.screening.rulebook import current_book

MOST_BYTES = 100_000  # of a household: twenty people with all that can be said of them are less than half
MOST_FAULTS = 50  # more help nobody, and cost more to tell than to find


class BoundedParser(Parser):
    """Reads no more than a household can be: 50,000 wrong persons took five seconds to be told so."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the JSON that was sent; what is too long is none, and answered so (400)."""
        if len(request.body) > MOST_BYTES:
            message = "too long"
            raise ValueError(message)
        return super().parse_body(request)


api = NinjaAPI(
    title="Tragnetz",
    version="1",
    description="Computes what a household may claim. Nothing that is sent is stored. An estimate, no decision.",
    docs_url=None,
    urls_namespace="api",
    parser=BoundedParser(),
)


@api.post("/check", response={200: CheckOut, 422: FaultsOut}, summary="What may this household claim?")
def check(request: NetworkRequest, sent: CheckIn) -> Status[CheckOut] | Status[FaultsOut]:
    """Compute all benefits of a household, with reasons, assumptions and the day of the law."""
    on = sent.on or today(request.network.zone)
    try:
        law = library.law_of(settings.TRAGNETZ_LAW, on)
        return Status(200, check_out(compute(sent.household, law, on, current_book())))
    except library.LawError as error:
        return Status(422, FaultsOut(errors=[FaultOut(field="on", reason=str(error))]))


@api.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer what is wrong, field by field, in the words of the household's schema."""
    faults = [FaultOut(field=field, reason=reason) for field, reason in reasons_of(error.errors[:MOST_FAULTS])]
    return api.create_response(request, FaultsOut(errors=faults), status=422)
