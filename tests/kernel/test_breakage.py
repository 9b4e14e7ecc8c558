"""Where we ourselves broke is kept without anybody's data."""

import stat

from braid.kernel import breakage


def test_the_place_is_kept_and_nothing_that_was_said(tmp_path):
    try:
        raise ValueError(" ".join(("Signe", "Lund")))
    except ValueError as error:
        reference, path = breakage.note(error, tmp_path)
    kept = path.read_text()
    assert kept.startswith("ValueError\n")
    assert "test_breakage.py" in kept
    assert "Signe Lund" not in kept
    assert path.stem == reference
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
