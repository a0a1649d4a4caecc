"""What may stand where in a policy file: from a path to the part of the language that it leads to."""

from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.fields import FieldInfo

from services.evaluation.domain.declared import Registered
from services.evaluation.domain.texts import Text, in_both

Step = str | int


class Shape(NamedTuple):
    """A type, and what is declared beside it."""

    annotation: Any
    about: tuple[Any, ...] = ()

    @property
    def model(self) -> type[BaseModel] | None:
        """The part with keys of its own that stands here, if one does."""
        return self.annotation if isinstance(self.annotation, type) and issubclass(self.annotation, BaseModel) else None

    def keys(self) -> tuple[str, ...]:
        """The keys that may stand here, those that must first."""
        if self.model is None:
            return ()
        fields = sorted(self.model.model_fields.items(), key=lambda field: not field[1].is_required())
        return tuple(info.alias or name for name, info in fields)

    def inside(self, step: Step) -> "Shape | None":
        """What stands one step further in: under a key, in a list, or of a kind, which pydantic puts in brackets."""
        registered = next((one for one in self.about if isinstance(one, Registered)), None)
        if registered is not None:
            kind = registered.kinds.get(str(step).strip("<>"))
            return None if kind is None else Shape(kind)
        if self.model is not None:
            info = next((info for name, info in self.model.model_fields.items() if step == (info.alias or name)), None)
            return None if info is None else of_field(info)
        arguments = get_args(self.annotation)
        if get_origin(self.annotation) in (Union, UnionType):
            return self._tagged(step)
        if isinstance(self.annotation, type(Mapping[str, str])) and get_origin(self.annotation) is not tuple:
            return bare(arguments[1]) if len(arguments) > 1 else None
        return bare(arguments[0]) if arguments else None

    def _tagged(self, step: Step) -> "Shape | None":
        for option in get_args(self.annotation):
            tags = [one.tag for one in get_args(option)[1:] if isinstance(one, Tag)]
            if step in tags:
                return bare(option)
        return None


def of_field(info: FieldInfo) -> Shape:
    """The shape of a key."""
    found = bare(info.annotation)
    return Shape(found.annotation, (*found.about, *info.metadata))


def bare(annotation: Any) -> Shape:
    """The shape that an annotation is, whether or not nothing may stand there."""
    about: tuple[Any, ...] = ()
    while True:
        options = [one for one in get_args(annotation) if one is not NoneType]
        if get_origin(annotation) is Annotated:
            about += get_args(annotation)[1:]
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType) and len(options) == 1:
            annotation = options[0]
        else:
            return Shape(annotation, about)


def at(root: type[BaseModel], path: Sequence[Step]) -> Shape | None:
    """What stands at a path of pydantic's, names of kinds included; None if that cannot be told."""
    found: Shape | None = Shape(root)
    for step in path:
        if found is None:
            return None
        found = found.inside(step)
    return found


def bilingual(shape: Shape | None, value: Any) -> Any:
    """A value as it was read with every text of its author in both languages."""
    if shape is None:
        return value
    registered = next((one for one in shape.about if isinstance(one, Registered)), None)
    if registered is not None:
        kind = value.get(registered.key) if isinstance(value, dict) else None
        return bilingual(shape.inside(f"<{kind}>"), value)
    if shape.model is not None and issubclass(shape.model, Text):
        value = in_both(value)
    if isinstance(value, dict):
        return {key: bilingual(shape.inside(key), each) for key, each in value.items()}
    if isinstance(value, list):
        return [bilingual(shape.inside(index), each) for index, each in enumerate(value)]
    return value
