from django.db import migrations, models

from exchanges.domain.text import fold


def fold_what_is_there(apps, schema_editor):
    rows = apps.get_model("agreements", "Agreement").objects
    changed = []
    for row in rows.only("pk", "reference", "title").order_by("pk"):
        row.search = fold(f"{row.reference} {row.title}")
        changed.append(row)
    rows.bulk_update(changed, ["search"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0003_dates_make_states'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='search',
            field=models.TextField(default='', editable=False),
        ),
        migrations.RunPython(fold_what_is_there, migrations.RunPython.noop),
    ]
