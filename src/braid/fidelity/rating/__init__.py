"""Rating a review: alone and blind, then compared, agreed, moderated, answered, settled."""
