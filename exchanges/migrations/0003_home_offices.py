"""Home offices and the names of signatories, from what was known before they were stored."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def give_home_offices(apps: Any, schema_editor: Any) -> None:
    """A coordinator is its own; others take the coordinator of their earliest programme."""
    organisations = apps.get_model("exchanges", "Organisation").objects
    programmes = apps.get_model("exchanges", "Programme").objects
    partners = apps.get_model("exchanges", "Partner").objects
    for pk in programmes.values_list("coordinator", flat=True).distinct():
        organisations.filter(pk=pk).update(home_office=pk)
    earliest = partners.order_by("-programme__start_date", "-programme")
    offices = dict(earliest.values_list("organisation", "programme__coordinator"))
    for organisation, office in offices.items():
        organisations.filter(pk=organisation, home_office=None).update(home_office=office)


def name_signatories(apps: Any, schema_editor: Any) -> None:
    """Under the name of the account and the function of the role, as they signed until now."""
    memberships = apps.get_model("exchanges", "Membership").objects
    proposals = apps.get_model("exchanges", "SignatoryProposal").objects
    for row in memberships.filter(role="signatory").select_related("user"):
        row.proposal = proposals.create(
            organisation_id=row.organisation_id,
            person_id=row.user_id,
            name=row.user.name,
            function=row.function,
            state="confirmed",
        )
        row.save(update_fields=["proposal"])


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0002_authority")]
    operations = [
        migrations.RunPython(give_home_offices, migrations.RunPython.noop),
        migrations.RunPython(name_signatories, migrations.RunPython.noop),
    ]
