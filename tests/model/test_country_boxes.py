"""The table of countries' boxes and points: complete, well formed, and right for places that are easily wrong."""

import pytest

from wavectl.model.country_boxes import BOXES, POINTS, is_in_country
from wavectl.model.types import COUNTRIES


def test_every_country_has_boxes_and_a_point_in_them() -> None:
    assert set(BOXES) == set(POINTS) == COUNTRIES
    for boxes in BOXES.values():
        assert all(-180 <= west < east <= 180 and -90 <= south < north <= 90 for west, south, east, north in boxes)
    assert [code for code, point in POINTS.items() if not is_in_country(code, *point)] == []


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("TV", 179.2, -8.52), ("VA", 12.453, 41.903), ("GI", -5.35, 36.14), ("TK", -171.8, -9.2), ("MO", 113.55, 22.2),
        ("FJ", 178.44, -18.14), ("FJ", -179.98, -16.8), ("RU", 177.5, 64.73), ("RU", -172.0, 66.0),
        ("NZ", -176.5, -43.95), ("KI", -157.4, 1.87), ("KI", 172.98, 1.33), ("US", -157.86, 21.3), ("US", -66.1, 18.46),
        ("FR", 55.45, -20.88), ("RE", 55.45, -20.88), ("GP", -61.53, 16.24), ("FR", 2.35, 48.86), ("ES", -15.43, 28.12),
        ("UA", 33.52, 44.6), ("MA", -13.2, 27.15), ("EH", -13.2, 27.15), ("CY", 33.36, 35.33), ("SO", 44.06, 9.56),
        ("NO", 15.63, 78.22), ("SJ", 15.63, 78.22), ("IN", 74.8, 34.08), ("PK", 74.31, 35.92), ("TW", 121.5, 25.03),
    ],
)  # fmt: skip
def test_a_place_is_in_the_boxes_of_its_country(code: str, longitude: float, latitude: float) -> None:
    assert is_in_country(code, longitude, latitude)


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("ZA", 28.05, 26.2), ("KE", 0.0, 0.0), ("FR", -2.35, -48.86), ("BR", 46.6, -23.5), ("FJ", 0.0, -18.0),
        ("NZ", 174.8, 41.3), ("GP", 2.35, 48.86), ("US", 98.0, 39.0), ("RU", -37.6, 55.75), ("KR", 128.0, -36.0),
    ],
)  # fmt: skip
def test_a_place_elsewhere_is_outside(code: str, longitude: float, latitude: float) -> None:
    assert not is_in_country(code, longitude, latitude)


def test_nothing_is_outside_of_a_country_that_is_not_known() -> None:
    assert is_in_country(None, 10, 20)
    assert is_in_country("", -170, 20)
