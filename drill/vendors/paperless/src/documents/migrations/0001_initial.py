from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            "Document",
            [("id", models.AutoField(primary_key=True, auto_created=True, serialize=False, verbose_name="ID")), ("title", models.CharField(max_length=128))],
        )
    ]
