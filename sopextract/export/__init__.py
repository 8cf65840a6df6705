"""Records as tables."""

from sopextract.export.write import check_target, export

__all__ = ["check_target", "export"]
