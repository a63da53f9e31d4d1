"""Pages of the help: the handbook, what a search finds in it, its pictures, and the shortcuts."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.guide import book
from tragnetz.workspace.guide.shortcuts import CASE, PAGES, keys_of
from tragnetz.workspace.home import pages_of

MOST_WORDS = 100


@staff(lambda actor: actor.is_staff)
@require_safe
def start(request: NetworkRequest) -> HttpResponse:
    """Show the first page of the handbook, or what a search found."""
    words = request.GET.get("q", "").strip()[:MOST_WORDS]
    context = {
        "page": book.page(book.START), "pages": book.pages(), "words": words,
        "hits": book.search(words) if words else [],
    }  # fmt: skip
    return render(request, "workspace/guide/start.html", context)


@staff(lambda actor: actor.is_staff)
@require_safe
def page(request: NetworkRequest, key: str) -> HttpResponse:
    """Show one booklet with its table of contents."""
    found = book.page(key)
    if found is None or key == book.START:
        raise Http404
    return render(request, "workspace/guide/page.html", {"page": found, "pages": book.pages()})


@staff(lambda actor: actor.is_staff)
@require_safe
def picture(request: NetworkRequest, name: str) -> HttpResponse:  # noqa: ARG001 -- one shape for all views
    """Give one picture of the handbook: invented people, made by the journeys."""
    file = book.picture(name)
    if file is None:
        raise Http404
    return HttpResponse(file.read_bytes(), content_type="image/png")


@staff(lambda actor: actor.is_staff)
@require_safe
def keyboard(request: NetworkRequest) -> HttpResponse:
    """Show the shortcuts of all pages; also the way without script."""
    menu = [(keys_of(name), label) for name, label in pages_of(request.actor)]
    context = {"menu": menu, "case": [(f"f {letter}", label) for letter, label in CASE], "others": PAGES}
    return render(request, "workspace/guide/keyboard.html", context | {"pages": book.pages()})
