"""How many people came, as reports write it."""

import pytest

from wavectl.actions.figures import Figure, add_figures, parse_people, reported_people

FIGURES = {
    "50": (50, 50), "0": (0, 0), "1,204": (1204, 1204), "1.204": (1204, 1204), "1 204": (1204, 1204),
    "61 000": (61000, 61000), "~50": (50, 50), "~ 100": (100, 100), "environ 50": (50, 50), "about 50 people": (50, 50),
    "unas 50 personas": (50, 50), "ca. 50": (50, 50), "50 participants": (50, 50),
    "20-30": (20, 30), "20 – 30": (20, 30), "100/120": (100, 120), "30- 50": (30, 50), "3 - 300": (3, 300),
    "entre 20 et 30 personnes": (20, 30), "between 20 and 30": (20, 30), "de 20 a 30": (20, 30), "20 à 30": (20, 30),
    "entre 20 y 30": (20, 30), "1.000-1.500": (1000, 1500),
    "70+": (70, None), "+100": (100, None), "70 +": (70, None), "> 70": (70, None), "more than 70": (70, None),
    "Greater than 100": (100, None), "plus de 1 000": (1000, None), "más de 1.000": (1000, None),
    "au moins 40": (40, None), "al menos 40": (40, None), "50 ou plus": (50, None), "50 o más": (50, None),
    "11 and growing": (11, None), "100 + live stream": (100, None),
    "up to 50": (0, 50), "Up to 50": (0, 50), "jusqu'à 50": (0, 50), "jusqu’à 50": (0, 50), "hasta 50": (0, 50),
    "max. 50": (0, 50), "moins de 50": (0, 50), "< 50": (0, 50), "50 max": (0, 50),
    "1.5 million": (1_500_000, 1_500_000), "3 millones": (3_000_000, 3_000_000), "2 mil": (2000, 2000),
}  # fmt: skip

NO_FIGURES = (
    *("", "TBD", "TBC", "TDB", "sin límite", "sans limite", "unlimited", "à confirmer", "?", "n/a", "-", "many"),
    *("9 organizations", "90 students 20 mentors", "30-20", "30 %", "2,5", "2024-03-02", "=1+1", "-50", "1e5"),
    "9" * 40,
)


@pytest.mark.parametrize(("text", "expected"), FIGURES.items())
def test_figures_are_read(text, expected):
    assert parse_people(text) == Figure(*expected)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_what_says_no_number_of_people_is_not_a_figure(text):
    assert parse_people(text) is None


def test_the_two_columns_of_figures_win_over_the_text():
    assert reported_people("about 50", 40, 60) == Figure(40, 60)
    assert reported_people("70+", None, None) == Figure(70, None)
    assert reported_people("", None, 60) == Figure(0, 60)
    assert reported_people("TBD", None, None) is None


def test_a_sum_with_an_open_end_is_open():
    assert add_figures([Figure(50, 50), Figure(20, 30)]) == Figure(70, 80)
    assert add_figures([Figure(50, 50), Figure(70, None)]) == Figure(120, None)
    assert add_figures([]) == Figure(0, 0)
