"""JSON Schemas of all kinds, made from the models, so that no key can be in one and not in the other.

Draft-07, the newest that yaml-language-server, VS Code, JetBrains and check-jsonschema read in all their versions;
no `$ref` has anything beside it. What editors show beyond it (`markdownDescription`, `enumDescriptions`, ...) is
ignored by others. What the questionnaire in use adds is in `schema_practices`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from assess.core.glossary import KEYS, KINDS
from assess.core.message import message
from assess.core.vocabulary import WORDS
from assess.i18n import _, translate
from assess.render.json_shape import ResultData

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
RESULT = "result"
"""The one kind that is no file of a team's: what `assess score --format json` prints."""


def schema(kind: str, model: Any = ResultData) -> Schema:
    """The JSON Schema of a kind, with what its keys mean in the language in use.

    `model` is the class that a file of this kind becomes; a result has its own.
    """
    made = TypeAdapter(model).json_schema(schema_generator=_Generator)
    written = _inlined(made, made.pop("$defs", {}))
    # the models give `format` a default, but no file is ours without this line
    required = list(dict.fromkeys(("format", *written.get("required", ()))))
    head = {"$schema": DIALECT, "$id": f"urn:assess:schema:{kind}:1", "description": translate(KINDS[kind])}
    return {**head, **written, "required": required}


class _Generator(GenerateJsonSchema):
    """Pydantic's own, with our words: what keys and fixed values mean, and no titles made of Python names."""

    def sort(self, value: Any, parent_key: str | None = None) -> Any:  # noqa: ARG002
        """The order of the models."""
        return value

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Never: `Dont Know` says nothing that `dont_know` does not."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """Without the default: editors would write it into the file, and descriptions say it."""
        return self.generate_inner(schema["schema"])

    def dict_schema(self, schema: core_schema.DictSchema) -> Schema:
        """Keys and values apart."""
        keys, values = schema["keys_schema"], schema["values_schema"]
        names = self.generate_inner(keys)
        made = {"type": "object", "additionalProperties": self.generate_inner(values)}
        return made if names == {"type": "string"} else {**made, "propertyNames": names}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Schema:
        """With what each word means."""
        made = super().literal_schema(schema)
        if "enum" in made:
            made["enumDescriptions"] = [translate(text) for text in WORDS[tuple(made["enum"])]]
        return made

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """With what each key means."""
        return _explained(super().model_schema(schema), schema["cls"].__name__)

    def typed_dict_schema(self, schema: core_schema.TypedDictSchema) -> Schema:
        """With what each key means."""
        return _explained(super().typed_dict_schema(schema), cast("type", schema["cls"]).__name__)


def _explained(made: Schema, name: str) -> Schema:
    for part in _parts(made):
        if "properties" in part:
            part.pop("title", None)
            part.pop("description", None)  # a docstring, for who reads the code
            for key, value in part["properties"].items():
                value["description"] = translate(KEYS[name][key])
    return made


def _parts(made: Schema) -> list[Schema]:
    """A schema and, where it has several forms, the schemas of each."""
    several = made.get("items")
    forms = [*made.get("anyOf", ()), *(several if isinstance(several, list) else ())]
    return [made, *(part for form in forms for part in _parts(form))]


def _inlined(made: Any, definitions: Mapping[str, Schema]) -> Any:
    """Everything that is referred to, put where it is referred to; our models know no rings."""
    if isinstance(made, list):
        return [_inlined(item, definitions) for item in made]
    if not isinstance(made, dict):
        return made
    referred = made.get("$ref")
    if referred is not None:
        own = {key: value for key, value in made.items() if key != "$ref"}
        made = {**definitions[referred.removeprefix("#/$defs/")], **own}
    whole = {key: _inlined(value, definitions) for key, value in made.items()}
    expected = whole.get("patternErrorMessage")
    if isinstance(expected, str):
        whole["patternErrorMessage"] = translate(message("expected: {allowed}", allowed=_(expected)))
    return whole
