"""Made sheets: unseen sheets with known truth, in the kinds of layout the project meets."""

from tools.make_sheets.made import make_sheets
from tools.make_sheets.sheet import Gold, MadeSheet

__all__ = ["Gold", "MadeSheet", "make_sheets"]
