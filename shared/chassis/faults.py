"""What can be wrong with one value of a request, by pydantic's error type, in words for the person who sent it."""

import re
from collections.abc import Mapping
from typing import Any

from chassis.forms import form_of
from chassis.language import N_, Language, Phrase, translate

NOT_VALID = N_("This value is not valid.")

_TEXT = N_("This must be text.")
_WHOLE = N_("This must be a whole number.")
_NUMBER = N_("This must be a number.")
_DECIMAL = N_('This must be a decimal number written as text, such as "0.5".')
_YES_OR_NO = N_("This must be true or false.")
_DATE = N_("This must be a date, written YYYY-MM-DD, as in 2025-06-28.")
_INSTANT = N_("This must be a date and time with time zone, as in 2025-06-30T12:00:00+08:00.")
_UUID = N_("This must be a UUID, as in 01980f2e-7c1a-7d43-9a60-5a8f0c2b9d11.")
_LIST = N_("This must be a list.")
_OBJECT = N_("This must be an object.")
_ONE_OF = N_("This must be one of: {expected}.")
_TOO_SHORT_LIST = N_("The least number of entries is {min_length}; this has {actual_length}.")
_TOO_LONG_LIST = N_("The greatest number of entries is {max_length}.")

FAULTS: Mapping[str, Phrase] = {
    "missing": N_("This is required."),
    "extra_forbidden": N_("There is no such field here."),
    "none_required": N_("This must be left out or null."),
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": N_("The least number of characters is {min_length}."),
    "string_too_long": N_("The greatest number of characters is {max_length}."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_places": N_("The greatest number of decimal places is {decimal_places}."),
    "decimal_max_digits": N_("The greatest number of digits is {max_digits}."),
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "day_form": _DATE,
    "day_bounds": N_("This must be a day from {first} to {last}."),
    "day_of_its_time": N_("This must be the day of the event's time."),
    "decimal_form": _DECIMAL,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_form": _INSTANT,
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
    """What would be right, in that language. A validator that raises ValueError(N_("…")) is quoted."""
    sentence, values = sentence_of(error)
    return translate(sentence, language, **values)


def sentence_of(error: Mapping[str, Any]) -> tuple[Phrase, Mapping[str, Any]]:
    """The sentence about one of pydantic's errors, and what fills it."""
    values = dict(error.get("ctx") or {})
    if error["type"] in {"value_error", "assertion_error"}:
        return _quoted(values.get("error")), {}
    if error["type"] == "string_pattern_mismatch":
        return form_of(values["pattern"]), values
    for several in ("expected", "expected_tags"):
        if several in values:
            values[several] = re.findall(r"'([^']*)'", str(values[several]))
    return FAULTS.get(error["type"], NOT_VALID), values


def _quoted(raised: object) -> Phrase:
    words = raised.args[0] if isinstance(raised, Exception) and raised.args else None
    return words if isinstance(words, Phrase) else NOT_VALID
