from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0004_keep_sheets'),
    ]

    operations = [
        # A kept sheet only lives between a preview and its use: what doubles the key is uploaded again.
        migrations.RunSQL("DELETE FROM reference_keptsheet", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='keptsheet',
            constraint=models.UniqueConstraint(fields=('by',), name='one_kept_sheet_for_a_person'),
        ),
    ]
