"""Uploads stay in memory and never touch the disk: what somebody shows us may be read by those it is for alone."""

from io import BytesIO
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _


def too_large_words() -> str:
    """Return what is said of a file that is too large."""
    most = settings.TRAGNETZ_UPLOAD_MOST // 1_000_000
    return _("Die Datei ist zu groß. Sie darf höchstens %s Megabyte haben.") % most


class TooLarge(InMemoryUploadedFile):
    """A file of which nothing was kept: larger than is taken from whoever sent it. `size` is what was sent."""


class BoundedMemoryHandler(FileUploadHandler):
    """Keeps each file in memory up to the allowed size; of a larger one it drops all, while it comes in.

    The other fields of the form, and the other files, arrive as they were sent. Of somebody from whom no page takes
    files (`takes_files`, which a middleware says of each request) nothing is kept: a form is read before anybody asks
    who sent it.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's interface
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._kept, self._size = BytesIO(), 0
        self._most = settings.TRAGNETZ_UPLOAD_MOST if getattr(self.request, "takes_files", False) else 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 -- Django's interface
        """Keep a piece, unless the file is too large by now."""
        self._size += len(raw_data)
        if self._size > self._most:
            self._kept = BytesIO()
        else:
            self._kept.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """Return the file, or a sign that it was too large."""
        kind = TooLarge if self._size > self._most else InMemoryUploadedFile
        self._kept.seek(0)
        return kind(
            self._kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset,
            self.content_type_extra,
        )  # fmt: skip


class UploadField(forms.FileField):
    """A field for one file that says when it was too large."""

    def to_python(self, data: File[Any] | None) -> File[Any] | None:
        """Refuse a file of which nothing was kept."""
        if isinstance(data, TooLarge):
            raise forms.ValidationError(too_large_words())
        return super().to_python(data)


class _ManyInput(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """A field for some files at once. Its value is a list, with what was too large in it."""

    widget = _ManyInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:  # noqa: ANN401 -- Django's interface
        """Return the files that were sent."""
        found = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if not found and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        del initial
        return found
