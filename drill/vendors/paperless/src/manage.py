#!/usr/bin/env python3
"""Stand-in for Paperless-ngx, not the real program."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paperless.settings")
execute_from_command_line(sys.argv)
