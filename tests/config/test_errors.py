"""What visitors read when the fault is ours: nothing of it."""

import logging

from django.test import Client


def test_a_fault_of_ours_tells_nothing_about_it(herne, monkeypatch, caplog):
    def broken(*_args, **_kwargs):
        message = "secret of the inside: password=hunter2"
        raise RuntimeError(message)

    monkeypatch.setattr("tragnetz.portal.remark.views.tell_remark", broken)
    caplog.set_level(logging.ERROR, logger="django.request")

    response = Client(raise_request_exception=False).post(
        "/de/barrierefreiheit/melden/", {"text": "Was die Person schrieb", "page": "", "reply_to": ""}
    )

    page = response.content.decode()
    assert response.status_code == 500
    assert "Das liegt an uns" in page
    for word in ("hunter2", "RuntimeError", "Traceback", "tell_remark", "Was die Person schrieb", "site-packages"):
        assert word not in page
    assert "RuntimeError" in caplog.text
    assert "Was die Person schrieb" not in caplog.text
