"""Pages of pixels become drawn pages (see adr/0007): `read.read_scan`.

Nothing is imported here: all but `raster` needs the extra `scan`, which may be missing.
"""
