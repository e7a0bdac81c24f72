from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0004_index_lists'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='declaration',
            index=models.Index(fields=['registration_number', '-id'], name='declaration_serial'),
        ),
    ]
