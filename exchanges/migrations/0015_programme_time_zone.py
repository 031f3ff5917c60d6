from django.db import migrations, models


def take_zone_of_the_coordinators_city(apps, schema_editor):
    programmes = apps.get_model("exchanges", "Programme").objects
    for programme in programmes.select_related("coordinator__city"):
        programme.time_zone = programme.coordinator.city.time_zone
        programme.save(update_fields=["time_zone"])


class Migration(migrations.Migration):

    dependencies = [
        ('exchanges', '0014_authority_questions'),
    ]

    operations = [
        migrations.AddField(
            model_name='programme',
            name='time_zone',
            field=models.CharField(default='', max_length=64, verbose_name='time zone'),
            preserve_default=False,
        ),
        migrations.RunPython(take_zone_of_the_coordinators_city, migrations.RunPython.noop),
    ]
