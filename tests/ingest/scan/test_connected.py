import cv2
import numpy as np
import pytest

from sopextract.ingest.scan.connected import connected


def test_pieces_touch_by_their_corners_or_by_their_sides() -> None:
    mask = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 1, 1]], np.uint8)

    by_corners, names, stats = connected(mask)
    by_sides, _, _ = connected(mask, 4)

    assert (by_corners, by_sides) == (3, 4)
    assert names[0, 0] == names[1, 1] != names[3, 0]
    assert stats[names[3, 0]].tolist() == [0, 3, 3, 1, 3]


def test_more_pieces_than_two_bytes_can_name_are_all_told_apart() -> None:
    dots = np.zeros((700, 700), np.uint8)
    dots[::2, ::2] = 1

    count, names, _ = connected(dots)

    assert count == 350 * 350 + 1
    assert len(np.unique(names)) == count


@pytest.mark.parametrize("connectivity", [4, 8])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.6, 0.97])
def test_figures_are_those_of_opencv(share: float, connectivity: int) -> None:
    mask = (np.random.default_rng(7).random((37, 61)) < share).astype(np.uint8)
    whole, names, figures, _ = cv2.connectedComponentsWithStats(mask, connectivity=connectivity)

    count, found, stats = connected(mask, connectivity)

    assert count == whole
    assert np.array_equal(found, names)
    assert np.array_equal(stats, figures)


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0)])
def test_nothing_has_no_pieces(shape: tuple[int, int]) -> None:
    count, names, stats = connected(np.zeros(shape, np.uint8))
    assert (count, names.shape) == (1, shape)
    assert stats.tolist() == [[0] * 5]
