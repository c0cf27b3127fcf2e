"""Fills in templates of roles as Ansible does: a list of {role, template, variables} -> texts, with Ansible's own templating."""
import json
import os
import sys

import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

OVERRIDES = {'trim_blocks': True, 'lstrip_blocks': False}


def trusted(value):
    """Variables of an inventory are templates themselves, so an expression in a value would be run."""
    if isinstance(value, str):
        return trust_as_template(value)
    if isinstance(value, list):
        return [trusted(item) for item in value]
    if isinstance(value, dict):
        return {name: trusted(inner) for name, inner in value.items()}
    return value


def main():
    job = json.load(sys.stdin)
    loader = DataLoader()
    defaults = {}
    texts = []
    for one in job['templates']:
        folder = os.path.join(job['roles'], one['role'])
        if one['role'] not in defaults:
            found = {}
            for part in ('defaults', 'vars'):
                file = os.path.join(folder, part, 'main.yml')
                if os.path.exists(file):
                    found.update(yaml.safe_load(open(file, encoding='utf8')) or {})
            defaults[one['role']] = trusted(found)
        with open(os.path.join(folder, 'templates', one['template']), encoding='utf8') as file:
            template = trust_as_template(file.read())
        templar = Templar(loader, variables={**defaults[one['role']], **trusted(one['variables'])})
        texts.append(templar.template(template, escape_backslashes=False, overrides=OVERRIDES))
    json.dump(texts, sys.stdout, default=str)


main()
