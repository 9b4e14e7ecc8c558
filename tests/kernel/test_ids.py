from braid.kernel.ids import new_id


def test_new_ids_are_random_and_differ():
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert {each.version for each in made} == {4}
