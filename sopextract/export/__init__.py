"""Records as tables."""

from sopextract.export.sink import Limits
from sopextract.export.write import Exported, check_target, choose_tables, export

__all__ = ["Exported", "Limits", "check_target", "choose_tables", "export"]
