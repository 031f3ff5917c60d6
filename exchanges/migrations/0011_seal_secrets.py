"""Seal the second factors that lie open, and end all sessions, whose keys lie open."""

from django.db import migrations
from exchanges.sealing import SECOND_FACTOR, seal_text

SEALED = "gAAAA"  # how every sealed text begins; no secret of an app and no seed does


def sealed(text):
    return text if text.startswith(SEALED) else seal_text(text, purpose=SECOND_FACTOR)


def seal(apps, schema_editor):
    for row in apps.get_model("mfa", "Authenticator").objects.exclude(type="webauthn"):
        for key in {"secret", "seed"} & row.data.keys():
            row.data[key] = sealed(row.data[key])
        if "migrated_codes" in row.data:
            row.data["migrated_codes"] = [sealed(code) for code in row.data["migrated_codes"]]
        row.save(update_fields=["data"])


def end_sessions(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.all().delete()
    apps.get_model("usersessions", "UserSession").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0010_issued_codes"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]
    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunPython(end_sessions, migrations.RunPython.noop),
    ]
