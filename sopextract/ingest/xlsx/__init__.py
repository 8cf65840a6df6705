"""Excel workbooks: cells as displayed, and the flow that is drawn over them."""

from sopextract.ingest.xlsx.read import read_xlsx

__all__ = ["read_xlsx"]
