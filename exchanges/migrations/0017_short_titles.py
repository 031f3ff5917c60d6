import re

from django.db import migrations, models


def write_as_references_need_it(apps, schema_editor):
    """References of before stay as they are; later ones have an address."""
    for programme in apps.get_model("exchanges", "Programme").objects.all():
        title = re.sub("[^A-Z0-9]+", "-", programme.short_title.upper()).strip("-") or "MLP"
        if title != programme.short_title:
            programme.short_title = title
            programme.save(update_fields=["short_title"])


class Migration(migrations.Migration):

    dependencies = [
        ('exchanges', '0016_outbox_topic'),
    ]

    operations = [
        migrations.RunPython(write_as_references_need_it, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='programme',
            constraint=models.CheckConstraint(condition=models.Q(('short_title__regex', '^[A-Z0-9]+(-[A-Z0-9]+)*$')), name='programme_short_title'),
        ),
    ]
