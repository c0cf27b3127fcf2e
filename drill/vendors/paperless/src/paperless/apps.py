from django.apps import AppConfig


class PaperlessConfig(AppConfig):
    name = "paperless"

    def ready(self):
        from paperless import checks  # noqa: F401
