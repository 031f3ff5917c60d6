from django.db import migrations, models


def forget_states_that_dates_make(apps, schema_editor):
    agreements = apps.get_model("agreements", "Agreement").objects
    agreements.filter(state__in=["expiring", "expired"]).update(state="active")


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0002_proof_of_signatures'),
        ('exchanges', '0015_programme_time_zone'),
    ]

    operations = [
        migrations.RunPython(forget_states_that_dates_make, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['expired', 'expiring', 'notice_given', 'upcoming']), _negated=True), name='agreement_state_is_of_a_move'),
        ),
    ]
