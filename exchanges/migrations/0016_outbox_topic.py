from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchanges', '0015_programme_time_zone'),
    ]

    operations = [
        migrations.AddField(
            model_name='outboxmessage',
            name='topic',
            field=models.CharField(blank=True, default='', max_length=120),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='outboxmessage',
            index=models.Index(condition=models.Q(('state', 'queued'), models.Q(('topic', ''), _negated=True)), fields=['topic'], name='outbox_topic'),
        ),
    ]
