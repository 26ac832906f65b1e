"""Holds what deploys Redress to its schemas: `validate.py manifests|compose|yaml`, YAML on standard input.

Kubernetes' own kinds go by its published schemas, strictly; those of operators by crds.yaml beside this file; a compose
file by the compose specification; `yaml` by nothing. Prints what was read as JSON, or, ending with 1, what is wrong.
"""

import json
import pathlib
import sys

import compose_spec
import jsonschema
import kubernetes_validate
import yaml

CRDS = yaml.safe_load(pathlib.Path(__file__).with_name("crds.yaml").read_text())


def manifest(document):
    kind = f"{document.get('apiVersion')} {document.get('kind')}"
    at = f"{kind} {document.get('metadata', {}).get('name')}"
    if kind in CRDS:
        for error in jsonschema.Draft202012Validator(CRDS[kind] | {"$defs": CRDS["$defs"]}).iter_errors(document):
            yield f"{at}: {error.json_path}: {error.message}"
        return
    try:
        kubernetes_validate.validate(document, kubernetes_validate.latest_version(), strict=True)
    except kubernetes_validate.ValidationError as error:
        yield f"{at}: {list(error.path)}: {error.message}"
    except kubernetes_validate.SchemaNotFoundError:
        yield f"{at}: there is no schema for it"


def manifests(documents):
    for document in documents:
        yield from manifest(document)


def compose(documents):
    for document in documents:
        try:
            compose_spec.PyCompose.from_json(json.dumps(document))
        except ValueError as error:
            yield str(error)


def nothing(_):
    return []


documents = list(yaml.safe_load_all(sys.stdin.read()))
wrong = list({"manifests": manifests, "compose": compose, "yaml": nothing}[sys.argv[1]](documents))
print("\n".join(wrong) if wrong else json.dumps(documents))
sys.exit(1 if wrong else 0)
