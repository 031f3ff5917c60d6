"""The operator's view of the tables: to look at. Operations write, record and tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from allauth.usersessions.admin import UserSession
from django.contrib import admin
from django.db.models import Model, URLField
from django.http import HttpRequest
from i18nfield.fields import I18nCharField
from i18nfield.forms import I18nTextInput

from exchanges import models

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    Admin, TabularInline = admin.ModelAdmin, admin.TabularInline


class ReadOnlyAdmin(Admin):
    """To look at: rows that only operations write."""

    formfield_overrides = {
        I18nCharField: {"widget": I18nTextInput},
        URLField: {"assume_scheme": "https"},
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class MembershipInline(TabularInline):
    """To look at; roles are given and taken by operations, which record it and tell."""

    model = models.Membership
    fk_name = "user"
    fields = ["organisation", "role", "function", "since", "is_appointed"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(models.User)
class UserAdmin(ReadOnlyAdmin):
    """The commands `close_account` and `change_address` do what has to be done here."""

    list_display = ["email", "name", "language", "is_active", "is_staff", "is_sample"]
    list_filter = ["is_active", "is_staff", "is_sample", "language"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "is_sample"]
    inlines = [MembershipInline]


@admin.register(models.Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    list_display = ["name", "acronym", "kind", "city", "home_office"]
    list_filter = ["kind", "city__country"]
    list_select_related = ["city", "home_office"]
    search_fields = ["name", "native_name", "acronym", "slug"]


@admin.register(models.City)
class CityAdmin(ReadOnlyAdmin):
    list_display = ["slug", "names", "country", "time_zone"]
    list_filter = ["country"]
    search_fields = ["slug", "search"]


@admin.register(models.CityProfile)
class CityProfileAdmin(ReadOnlyAdmin):
    list_display = ["city", "hosting_capacity", "guest_capacity", "is_sample"]
    list_select_related = ["city"]


@admin.register(models.Topic)
class TopicAdmin(ReadOnlyAdmin):
    list_display = ["slug", "names"]
    search_fields = ["slug"]


@admin.register(models.Practice)
class PracticeAdmin(ReadOnlyAdmin):
    list_display = ["title", "language"]
    search_fields = ["title", "search"]


@admin.register(models.Programme)
class ProgrammeAdmin(ReadOnlyAdmin):
    list_display = ["slug", "title", "coordinator", "start_date", "end_date", "max_exchanges"]
    list_select_related = ["coordinator"]
    search_fields = ["slug", "short_title"]


@admin.register(models.Partner)
class PartnerAdmin(ReadOnlyAdmin):
    list_display = ["programme", "organisation", "role"]
    list_select_related = ["programme", "organisation"]
    list_filter = ["programme", "role"]


@admin.register(models.NetworkEvent)
class NetworkEventAdmin(ReadOnlyAdmin):
    list_display = ["key", "title", "programme", "start_date", "end_date", "mode"]
    list_select_related = ["programme"]


@admin.register(models.Auditor)
class AuditorAdmin(ReadOnlyAdmin):
    list_display = ["user", "programme", "given_by", "given_at"]
    list_select_related = ["user", "programme", "given_by"]


@admin.register(models.LearningNeed)
class LearningNeedAdmin(ReadOnlyAdmin):
    list_display = ["city", "topic", "weight", "is_sample"]
    list_select_related = ["city", "topic"]
    list_filter = ["is_sample", "weight"]


@admin.register(models.TopicLevel)
class TopicLevelAdmin(ReadOnlyAdmin):
    list_display = ["city", "topic", "level", "is_sample"]
    list_select_related = ["city", "topic"]
    list_filter = ["is_sample", "level"]


@admin.register(models.AccountInvitation)
class AccountInvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "organisation", "role", "invited_at", "accepted_at", "revoked_at"]
    list_select_related = ["organisation"]
    search_fields = ["email"]


@admin.register(models.StudyVisit)
class StudyVisitAdmin(ReadOnlyAdmin):
    list_display = ["reference", "title", "programme", "state", "start_date", "host_city"]
    list_select_related = ["programme", "host_city"]
    list_filter = ["state", "programme"]
    search_fields = ["reference", "title"]


@admin.register(models.Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["visit", "organisation", "side", "state", "invited_at"]
    list_select_related = ["visit", "organisation"]
    list_filter = ["state", "side"]


@admin.register(models.AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    list_display = ["visit", "network_event", "day", "start_time", "end_time", "title"]
    list_select_related = ["visit", "network_event"]
    search_fields = ["title"]


@admin.register(models.Delegate)
class DelegateAdmin(ReadOnlyAdmin):
    list_display = ["name", "visit", "organisation"]
    list_select_related = ["visit", "organisation"]


@admin.register(models.Exchange)
class ExchangeAdmin(ReadOnlyAdmin):
    list_display = ["programme", "number", "visit"]
    list_select_related = ["programme", "visit"]


@admin.register(models.Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["number", "at", "actor", "verb", "subject_type", "subject_id"]
    list_filter = ["verb", "subject_type"]
    search_fields = ["actor", "verb"]


@admin.register(models.RecordRun)
class RecordRunAdmin(ReadOnlyAdmin):
    list_display = ("asked_at", "state", "finished_at", "count", "fault_count", "head")


@admin.register(models.RecordHead)
class RecordHeadAdmin(ReadOnlyAdmin):
    list_display = ("day", "count", "hash", "noted_at")


@admin.register(models.EventHead)
class EventHeadAdmin(ReadOnlyAdmin):
    list_display = ["count", "hash"]


@admin.register(models.OutboxMessage)
class OutboxMessageAdmin(ReadOnlyAdmin):
    """Without the sealed content, which holds codes."""

    list_display = ["pk", "kind", "recipient", "state", "queued_at", "due_at", "attempts"]
    list_select_related = ["recipient"]
    list_filter = ["state", "kind"]
    exclude = ["secret", "about", "lease"]


@admin.register(models.SignIn)
class SignInAdmin(ReadOnlyAdmin):
    list_display = ["at", "user", "succeeded", "method", "network"]
    list_select_related = ["user"]
    list_filter = ["succeeded", "method"]


@admin.register(models.ProgrammePlan)
class ProgrammePlanAdmin(ReadOnlyAdmin):
    list_display = ["number", "programme", "kind", "state", "created_at", "finished_at", "failure"]
    list_select_related = ["programme"]
    list_filter = ["state", "kind"]
    exclude = ["lease"]


@admin.register(models.CityWish)
class CityWishAdmin(ReadOnlyAdmin):
    """Without the reasons, which are for the city itself and the programme office."""

    list_display = ["city", "other", "kind", "said_at"]
    list_select_related = ["city", "other"]
    exclude = ["reason"]


admin.site.register(
    [
        models.Blackout,
        models.CityClaim,
        models.Dispute,
        models.DisputeStatement,
        models.Handover,
        models.HeldVisitQuestion,
        models.MatchingWeights,
        models.ParticipationCredit,
        models.PartnershipInvitation,
        models.PlanPair,
        models.Recovery,
        models.RoleChange,
        models.SentRow,
        models.SignatoryProposal,
        models.DateAnswer,
        models.DateOption,
        models.ReferenceSeries,
        models.Speaker,
        models.ThirdParty,
        models.Venue,
        models.VisitCity,
    ],
    ReadOnlyAdmin,
)

# Whoever changes an address, a second factor or a session there becomes anybody.
admin.site.unregister([EmailAddress, Authenticator, UserSession])
