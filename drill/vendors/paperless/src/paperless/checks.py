"""What Paperless-ngx refuses to run with, as its documentation and its messages say it."""

import os
import shutil
import subprocess

from django.conf import settings
from django.core.checks import Error, register


@register
def paths_check(**_):
    paths = {name: getattr(settings, name) for name in ("DATA_DIR", "MEDIA_ROOT", "CONSUMPTION_DIR", "EMPTY_TRASH_DIR")}
    missing = [Error("PAPERLESS_%s is set but doesn't exist." % name) for name, path in paths.items() if not path.is_dir()]
    shut = [Error("PAPERLESS_%s is not writeable" % name) for name, path in paths.items() if not os.access(path, os.W_OK)]
    return missing + shut


@register
def binaries_check(**_):
    names = [name for name in ("convert", "unpaper", "gs", "tesseract") if shutil.which(name) is None]
    return [Error("Paperless can't find %s. Without it, consumption is impossible." % name) for name in names]


@register
def language_check(**_):
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=True).stdout.split()
    languages = [language for language in settings.OCR_LANGUAGE.split("+") if language not in known]
    return [Error("The selected ocr language %s is not installed. Paperless cannot OCR your documents." % each) for each in languages]


@register
def url_check(**_):
    url = settings.PAPERLESS_URL
    return [] if url.scheme in ("http", "https") and not url.path else [Error("PAPERLESS_URL must be an origin without a trailing slash")]
