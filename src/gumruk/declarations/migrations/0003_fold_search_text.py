"""What is searched is folded as `toolkit.text.folded` does; rows that were stored before are brought to it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("declarations", "0002_count_events"), ("toolkit", "0002_tajik_text")]
    operations = [
        migrations.RunSQL(
            "UPDATE declarations_declaration SET search = gumruk_folded(search)", migrations.RunSQL.noop
        ),
    ]
