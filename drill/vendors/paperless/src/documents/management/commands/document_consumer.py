import time

from django.conf import settings
from django.core.management import BaseCommand
from documents.tasks import consume_file


class Command(BaseCommand):
    """Looks into the consume directory at each interval and gives every new file to the worker."""

    def handle(self, **_):
        if settings.CONSUMER_POLLING <= 0:
            raise SystemExit("stand-in: knows polling only, and PAPERLESS_CONSUMER_POLLING is not set")
        given = set()
        while True:
            for path in settings.CONSUMPTION_DIR.iterdir():
                if path.name not in given:
                    given.add(path.name)
                    consume_file.delay(path.name)
            time.sleep(settings.CONSUMER_POLLING)
