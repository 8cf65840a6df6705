"""Clean sheets of a record, and its flow as a picture."""

from sopextract.render.flow_svg import flow_svg
from sopextract.render.writers import FORMATS, render

__all__ = ["FORMATS", "flow_svg", "render"]
