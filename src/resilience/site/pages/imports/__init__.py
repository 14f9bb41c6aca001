"""Files brought in: upload, mapping, dry run, commit, undo."""

from __future__ import annotations

from django.urls import URLPattern, path

from resilience.site.pages.imports import batches, checking, uploading

addresses: list[URLPattern] = [
    path("imports", uploading.listed, name="imports"),
    path("imports/upload", uploading.uploaded, name="import-upload"),
    path("imports/files/<str:upload_token>", checking.checked, name="import-check"),
    path("imports/files/<str:upload_token>/refused.csv", checking.refused, name="import-check-refused"),
    path("imports/files/<str:upload_token>/progress", checking.progress, name="import-progress"),
    path("imports/<uuid:batch>", batches.detail, name="import"),
    path("imports/<uuid:batch>/refused.csv", batches.refused, name="import-refused"),
    path("imports/<uuid:batch>/undo", batches.undone, name="import-undo"),
]
