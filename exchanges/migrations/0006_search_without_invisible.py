"""Fold the `search` columns again: characters that nobody sees are no part of them any more."""

from django.db import migrations

from exchanges.domain.text import fold


def names_of_city(city):
    return " ".join(str(name) for name in city.names.data.values())


def names_of_organisation(row):
    return " ".join((row.name, row.native_name, row.acronym, row.native_acronym))


def words_of_practice(row):
    return f"{row.title} {row.description}"


WORDS = {
    "City": names_of_city,
    "Organisation": names_of_organisation,
    "Practice": words_of_practice,
}


def fold_again(apps, schema_editor):
    for name, words_of in WORDS.items():
        model = apps.get_model("exchanges", name)
        changed = []
        for row in model.objects.order_by("pk"):
            search = fold(words_of(row))
            if search != row.search:
                row.search = search
                changed.append(row)
        model.objects.bulk_update(changed, ["search"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("exchanges", "0005_role_changes")]

    operations = [migrations.RunPython(fold_again, migrations.RunPython.noop)]
