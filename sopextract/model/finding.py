"""A problem found on a sheet, or a doubt about our reading of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Severity(StrEnum):
    """How bad a finding is; `rank` orders them."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 2 for error."""
        return {"info": 0, "warning": 1, "error": 2}[self.value]


class Kind(StrEnum):
    """Who is to act: the agency (`document`) or the reader of our output (`reading`)."""

    DOCUMENT = "document"
    READING = "reading"


class Finding(BaseModel):
    """One finding. `rule` is stable; `path` is a JSON pointer into the record; texts Indonesian."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    severity: Severity
    kind: Kind
    path: str
    message: str
    help: str
