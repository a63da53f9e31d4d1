"""One way to draw a QR code."""

from io import BytesIO

import segno


def qr_image(link: str) -> str:
    """Return a QR code as SVG without any style, so that it needs no exception from the content policy."""
    out = BytesIO()
    segno.make(link, error="m").save(out, kind="svg", xmldecl=False, svgns=True, border=2, omitsize=True)
    return out.getvalue().decode()
