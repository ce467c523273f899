from behaviour import KIND


def test_loads():
    assert KIND
