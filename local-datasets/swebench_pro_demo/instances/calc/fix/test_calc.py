import pytest

from calc import add, shout, subtract


def test_subtract():
    assert subtract(5, 3) == 2


def test_add():
    assert add(5, 3) == 8


@pytest.mark.parametrize("name", ["it's", 'say "hi"'])
def test_shout(name):
    assert shout(name) == name.upper()
