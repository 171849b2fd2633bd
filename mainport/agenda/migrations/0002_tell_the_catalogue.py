# Tells the catalogue what the sectors, goals and tasks that are already there are called.

from django.db import migrations
from django.utils import timezone


def tell(apps, schema_editor):
    Element, Term = apps.get_model("agenda", "Element"), apps.get_model("catalogue", "Term")
    there = Element.objects.filter(kind__in=["sector", "goal", "task"], removed_at__isnull=True)
    for kind, key, title in there.values_list("kind", "key", "title"):
        Term.objects.get_or_create(level=kind, code=key, defaults={"titles": title, "at": timezone.now()})


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_initial"), ("catalogue", "0006_terms")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
