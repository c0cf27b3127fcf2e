from pathlib import Path

from celery import shared_task
from django.conf import settings
from documents.models import Document


@shared_task
def consume_file(name):
    """Moves a file of the consume directory to the originals, and remembers it in the database."""
    settings.ORIGINALS_DIR.mkdir(parents=True, exist_ok=True)
    (settings.CONSUMPTION_DIR / name).rename(settings.ORIGINALS_DIR / name)
    Document.objects.create(title=Path(name).stem)


@shared_task
def beat():
    """Says that the scheduler reached the worker."""
    (settings.DATA_DIR / "beat").touch()
