"""When two titles are the same, whatever the width and case of their letters, their blanks and invisible signs."""

import unicodedata


def same_title(one: str, other: str) -> bool:
    """Whether two titles name the same thing."""
    return normalised(one) == normalised(other)


def normalised(title: str) -> str:
    """A title as titles are compared: compatible forms made one (NFKC), case folded, no blanks, no invisible signs."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(sign for sign in folded if not sign.isspace() and unicodedata.category(sign) != "Cf")
