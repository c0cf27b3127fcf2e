"""Reads a list of {format, text} and answers, in that order, the tree that the format's own parser sees, or its complaint."""
import configparser
import json
import sys
import tomllib
import xml.etree.ElementTree as ET

import yaml


def xml(text):
    def tree(node):
        return {'tag': node.tag, 'attributes': dict(node.attrib), 'text': node.text or '', 'tail': node.tail or '', 'children': [tree(child) for child in node]}

    return tree(ET.fromstring(text))


def named(tree):
    """The tree with names of text; a name that is none, such as `yes`, is marked."""
    if isinstance(tree, list):
        return [named(item) for item in tree]
    if not isinstance(tree, dict):
        return tree
    return {name if isinstance(name, str) else f'!key:{name!r}': named(inner) for name, inner in tree.items()}


def ini(text):
    parser = configparser.RawConfigParser(delimiters=('=',))
    parser.read_string('[first]\n' + text)
    return {section: dict(parser[section]) for section in parser.sections()}


PARSERS = {
    'ini': ini,
    'json': json.loads,
    'toml': tomllib.loads,
    'yaml': lambda text: named(yaml.load(text, getattr(yaml, 'CSafeLoader', yaml.SafeLoader))),
    'xml': xml,
}


def parse(job):
    try:
        return {'tree': PARSERS[job['format']](job['text'])}
    except Exception as error:  # the complaint is the answer
        return {'error': f'{type(error).__name__}: {error}'}


json.dump([parse(job) for job in json.load(sys.stdin)], sys.stdout, default=str, allow_nan=False)
