"""Made sheets as scans: `make_scans`; files that are no sheets: `decoys`."""

from tools.make_sheets.scan.containers import CONTAINERS
from tools.make_sheets.scan.kinds import KINDS
from tools.make_sheets.scan.made import MadeScan, make_scan, make_scans

__all__ = ["CONTAINERS", "KINDS", "MadeScan", "make_scan", "make_scans"]
