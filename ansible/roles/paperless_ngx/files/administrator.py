"""Gives the administrator the password of the secrets, and makes the account where there is none. Prints what it changed.

Runs in Paperless' own source folder and Python environment; name and password come in the environment.
"""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "paperless.settings"
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402

name, password = os.environ["PAPERLESS_ADMIN_USER"], os.environ["PAPERLESS_ADMIN_PASSWORD"]
users = get_user_model().objects
user = users.filter(username=name).first()
if user is None:
    users.create_superuser(name, "root@localhost", password)
    print("created")
elif not user.check_password(password):
    user.set_password(password)
    user.save()
    print("password set")
