from typing import Any

from openapi_spec_validator import validate

from records import types_in
from services.membership import records

KINDS = types_in(records)


def test_the_openapi_document_is_valid_and_every_field_of_a_form_has_an_example_or_a_word_list(app: Any) -> None:
    document = app.openapi()

    validate(document)
    schemas = document["components"]["schemas"]
    asked = {
        operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path, methods in document["paths"].items()
        for operation in methods.values()
        if path.startswith("/societies") and "requestBody" in operation
    }
    fields = {f"{form}.{name}": field for form in asked for name, field in schemas[form]["properties"].items()}
    assert len(asked) == 23 + 2 * len(KINDS)
    assert [name for name, field in fields.items() if "examples" not in field and "$ref" not in field] == []
