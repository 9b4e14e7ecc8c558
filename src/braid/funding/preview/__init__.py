"""What an episode still needs for a claim: dates and evidence, never amounts."""
