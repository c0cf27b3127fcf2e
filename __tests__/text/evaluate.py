"""Fills in texts as Ansible does: {texts, variables, roles} -> texts, with Ansible's own templating."""
import json
import sys

from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

job = json.load(sys.stdin)
loader = DataLoader()


def evaluate(text):
    templar = Templar(loader, variables=job['variables'])
    try:
        return templar.template(trust_as_template(text), escape_backslashes=False, overrides={'trim_blocks': True, 'keep_trailing_newline': True})
    except Exception as error:  # the complaint is the answer
        return f'{type(error).__name__}: {error}'


json.dump([evaluate(text) for text in job['texts']], sys.stdout, default=str)
