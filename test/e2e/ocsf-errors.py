"""What the published OCSF schema finds wrong with events.

usage: ocsf-errors.py FILE, which holds an event on each line; prints a line for each mistake.
The events are held to the version that they name, and to each later one that the package brings.
"""

import json
import sys

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema

VERSIONS = ("1.5.0", "1.6.0", "1.7.0", "1.8.0")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        events = [json.loads(line) for line in file]
    for version in VERSIONS:
        schemas = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=version))
        validators = {}
        for number, event in enumerate(events):
            if event["metadata"]["version"] not in VERSIONS:
                print(f"{number}: of version {event['metadata']['version']}")
            key = (event["class_uid"], *event["metadata"]["profiles"])
            if key not in validators:
                name = schemas.lookup_class_name_from_uid(class_uid=key[0])
                validators[key] = Draft202012Validator(schemas.get_class_schema(class_name=name, profiles=list(key[1:])))
            for error in validators[key].iter_errors(event):
                print(f"{version} {number} {error.json_path}: {error.message}")


main()
