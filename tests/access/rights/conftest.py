"""A data folder of its own for what rights and duties write."""

import pytest


@pytest.fixture
def house(tmp_path, settings):
    """The data folder of this test: facts, uploads, documents, keys, journal."""
    data = tmp_path / "house"
    data.mkdir()
    settings.BRAID_DATA = data
    settings.BRAID_UPLOADS = data / "uploads"
    settings.BRAID_DOCUMENTS = data / "documents"
    settings.BRAID_KEYS = data / "keys"
    return data
