"""All here needs OpenCV, of the extra `scan`; without it nothing is collected."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("cv2") else ["*.py"]
