"""Reads the real paperless.conf with the parser that Paperless-ngx uses."""

import os
from pathlib import Path
from urllib.parse import urlparse

from dotenv import load_dotenv

load_dotenv(os.environ["PAPERLESS_CONFIGURATION_PATH"])
env = os.environ

DATA_DIR = Path(env["PAPERLESS_DATA_DIR"])
MEDIA_ROOT = Path(env["PAPERLESS_MEDIA_ROOT"])
ORIGINALS_DIR = MEDIA_ROOT / "documents" / "originals"
CONSUMPTION_DIR = Path(env["PAPERLESS_CONSUMPTION_DIR"])
EMPTY_TRASH_DIR = Path(env["PAPERLESS_EMPTY_TRASH_DIR"])
STATIC_ROOT = Path(env["PAPERLESS_STATICDIR"])
OCR_LANGUAGE = env.get("PAPERLESS_OCR_LANGUAGE", "eng")
CONSUMER_POLLING = int(env.get("PAPERLESS_CONSUMER_POLLING", 0))
PAPERLESS_URL = urlparse(env["PAPERLESS_URL"])

SECRET_KEY = env["PAPERLESS_SECRET_KEY"]
TIME_ZONE = env.get("PAPERLESS_TIME_ZONE", "UTC")
USE_TZ = True
ALLOWED_HOSTS = ["*"]
CSRF_TRUSTED_ORIGINS = [env["PAPERLESS_URL"]]
ROOT_URLCONF = "paperless.urls"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "paperless", "documents"]
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends." + env["PAPERLESS_DBENGINE"],
        "HOST": env["PAPERLESS_DBHOST"],
        "PORT": env["PAPERLESS_DBPORT"],
        "NAME": env["PAPERLESS_DBNAME"],
        "USER": env["PAPERLESS_DBUSER"],
        "PASSWORD": env["PAPERLESS_DBPASS"],
    }
}
CELERY_BROKER_URL = env["PAPERLESS_REDIS"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_CONCURRENCY = int(env.get("PAPERLESS_TASK_WORKERS", 1))
CELERY_BEAT_SCHEDULE = {"beat": {"task": "documents.tasks.beat", "schedule": 1}}
