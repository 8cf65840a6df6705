"""Pages of pixels become drawn pages; imported only where there are any (see adr/0007)."""

from sopextract.ingest.scan.flat import Flat
from sopextract.ingest.scan.placing import place_back
from sopextract.ingest.scan.raster import READING_DPI, Raster
from sopextract.ingest.scan.read import Scanned, read_scan

__all__ = ["READING_DPI", "Flat", "Raster", "Scanned", "place_back", "read_scan"]
