"""What can be wrong with one value of a request, by pydantic's error type, in words for the person who sent it."""

import re
from collections.abc import Mapping
from typing import Any

from chassis.language import N_, Language, Phrase, translate

NOT_VALID = N_("This value is not valid.")
NOT_JSON = N_("Send JSON, with the header Content-Type: application/json.")

_TEXT = N_("This must be text.")
_WHOLE = N_("This must be a whole number.")
_NUMBER = N_("This must be a number.")
_YES_OR_NO = N_("This must be true or false.")
_DATE = N_("This must be a date, written YYYY-MM-DD.")
_INSTANT = N_("This must be a date and time with time zone, written as in RFC 3339.")
_UUID = N_("This must be a UUID.")
_LIST = N_("This must be a list.")
_OBJECT = N_("This must be an object.")
_ONE_OF = N_("This must be one of: {expected}.")
_TOO_SHORT_LIST = N_("At least {min_length} entries are needed; there are {actual_length}.")
_TOO_LONG_LIST = N_("At most {max_length} entries are possible.")

FAULTS: Mapping[str, Phrase] = {
    "missing": N_("This is required."),
    "extra_forbidden": N_("There is no such field here."),
    "none_required": N_("This must be left out or null."),
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": N_("At least {min_length} characters are needed."),
    "string_too_long": N_("At most {max_length} characters are possible."),
    "string_pattern_mismatch": N_("This must look like {pattern}."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_places": N_("At most {decimal_places} decimal places are possible."),
    "decimal_max_digits": N_("At most {max_digits} digits are possible."),
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "timezone_aware": _INSTANT,
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "uuid_version": _UUID,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "too_short": _TOO_SHORT_LIST,
    "too_long": _TOO_LONG_LIST,
    "greater_than": N_("This must be greater than {gt}."),
    "greater_than_equal": N_("This must be {ge} or more."),
    "less_than": N_("This must be less than {lt}."),
    "less_than_equal": N_("This must be {le} or less."),
    "multiple_of": N_("This must be a multiple of {multiple_of}."),
    "date_past": N_("This date must lie in the past."),
    "date_future": N_("This date must lie in the future."),
    "url_parsing": N_("This must be a URL."),
    "url_scheme": N_("This must be a URL."),
    "union_tag_invalid": N_("This must be one of: {expected_tags}."),
    "union_tag_not_found": N_("The field {discriminator} is required."),
}


def message_of(error: Mapping[str, Any], language: Language) -> str:
    """What is wrong, in that language. A validator that raises ValueError(N_("…")) is quoted."""
    values = dict(error.get("ctx") or {})
    if error["type"] in {"value_error", "assertion_error"}:
        return _quoted(values.get("error"), language)
    for several in ("expected", "expected_tags"):
        if several in values:
            values[several] = re.findall(r"'([^']*)'", str(values[several]))
    return translate(FAULTS.get(error["type"], NOT_VALID), language, **values)


def _quoted(raised: object, language: Language) -> str:
    words = raised.args[0] if isinstance(raised, Exception) and raised.args else None
    return translate(words if isinstance(words, Phrase) else NOT_VALID, language)
