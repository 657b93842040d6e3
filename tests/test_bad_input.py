from .bad_input_files import X

def test_x():
    assert X == 1
