"""The second reader's thresholds: read from content and held within bounds, so that no pharmacy's setting switches it off."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.errors import InvalidContent

Thresholds = Mapping[str, Mapping[str, float]]
_FILE = "thresholds.toml"


class _Languages(BaseModel):
    """By language. Dutch and English are always read; any other that content can read has numbers of its own."""

    model_config = ConfigDict(extra="allow")


class _Lower(_Languages):
    """Above 0.6 what is likelier than not would be let through; under 0.02 every mail would go to the pharmacist."""

    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0.02, le=0.6)]]
    nl: Annotated[float, Field(ge=0.02, le=0.6)]
    en: Annotated[float, Field(ge=0.02, le=0.6)]


class _Upper(_Languages):
    """Under 0.5 a guess that is likelier wrong could not be cleared; above 0.98 hardly anything would count."""

    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0.5, le=0.98)]]
    nl: Annotated[float, Field(ge=0.5, le=0.98)]
    en: Annotated[float, Field(ge=0.5, le=0.98)]


class _ExplainedHealth(_Languages):
    """Under 0.5 what is likelier to be a trigger than not would count as known to be harmless."""

    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0.5, le=0.995)]]
    nl: Annotated[float, Field(ge=0.5, le=0.995)]
    en: Annotated[float, Field(ge=0.5, le=0.995)]


class _Explained(_Languages):
    """Under 0.3 veiled words of danger, which name nothing of health, would be missed (docs/quality.md has the curve)."""

    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0.3, le=0.995)]]
    nl: Annotated[float, Field(ge=0.3, le=0.995)]
    en: Annotated[float, Field(ge=0.3, le=0.995)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    lower: _Lower
    upper: _Upper
    explained_health: _ExplainedHealth
    explained: _Explained
    closely_lower: _Lower
    closely_upper: _Upper
    closely_explained_health: _ExplainedHealth
    closely_explained: _Explained


def read_thresholds(files: Iterable[Path]) -> Thresholds:
    """Name → language → probability, of the file of that name. Raises InvalidContent when it is not there, or one of its
    numbers is missing, unknown or out of its bounds."""
    path = next((path for path in files if path.name == _FILE), Path(_FILE))
    try:
        parsed = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InvalidContent(f"{_FILE}: {error}") from error
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise InvalidContent(f"{_FILE}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    return parsed.model_dump()
