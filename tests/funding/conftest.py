"""The story of claims, for every part of the funding room that reads them."""

from tests.funding.claims.conftest import claimed, story

__all__ = ["claimed", "story"]
