"""Private files: whole or not at all, for their owner only."""

import stat
from multiprocessing.pool import ThreadPool

from braid.kernel import private_files


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_and_its_folders_are_for_the_owner_only(tmp_path):
    path = tmp_path / "keys" / "ab" / "one"
    assert private_files.create(path, b"secret")
    assert path.read_bytes() == b"secret"
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700
    assert not private_files.is_open_to_others(path)


def test_what_is_there_is_never_written_over(tmp_path):
    path = tmp_path / "one"
    path.write_bytes(b"first")
    assert not private_files.create(path, b"second")
    assert path.read_bytes() == b"first"


def test_of_many_who_create_one_wins_and_nothing_is_left_beside(tmp_path):
    path = tmp_path / "one"
    with ThreadPool(8) as pool:
        won = pool.map(lambda n: private_files.create(path, b"%d" % n), range(40))
    assert sum(won) == 1
    assert path.read_bytes() == b"%d" % won.index(True)
    assert [each.name for each in tmp_path.iterdir()] == ["one"]


def test_a_file_is_replaced_whole_and_stays_private(tmp_path):
    path = tmp_path / "one"
    path.write_bytes(b"first and long")
    private_files.replace(path, b"2")
    assert path.read_bytes() == b"2"
    assert mode(path) == 0o600


def test_a_destroyed_file_is_overwritten_before_it_goes(tmp_path):
    path, other_name = tmp_path / "one", tmp_path / "same bytes"
    path.write_bytes(b"secret")
    other_name.hardlink_to(path)
    assert private_files.destroy(path)
    assert not path.exists()
    assert b"secret" not in other_name.read_bytes()
    assert not private_files.destroy(path)


def test_a_file_that_others_may_read_is_told(tmp_path):
    path = tmp_path / "one"
    path.touch(mode=0o600)
    path.chmod(0o640)
    assert private_files.is_open_to_others(path)
