"""The operator's view: all of it is written by operations, so it can only be looked at."""

from __future__ import annotations

from django.contrib import admin

from agreements import models
from exchanges.admin import ReadOnlyAdmin


@admin.register(models.Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["reference", "title", "state", "drafter", "valid_from", "valid_until"]
    list_filter = ["programme", "state"]
    list_select_related = ["drafter"]
    search_fields = ["reference", "title"]


@admin.register(models.Version)
class VersionAdmin(ReadOnlyAdmin):
    list_display = ["agreement", "number", "sha256", "created_at"]
    list_select_related = ["agreement"]
    search_fields = ["agreement__reference", "sha256"]


@admin.register(models.Artifact)
class ArtifactAdmin(ReadOnlyAdmin):
    list_display = ["version", "kind", "sha256", "created_at"]
    list_select_related = ["version__agreement"]
    search_fields = ["version__agreement__reference", "sha256"]
    fields = ["version", "kind", "sha256", "created_at"]
