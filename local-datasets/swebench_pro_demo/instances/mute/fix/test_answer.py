from answer import ANSWER


def test_is_a_number():
    assert isinstance(ANSWER, int)


def test_answer():
    assert ANSWER == 42
