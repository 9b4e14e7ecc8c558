"""What funders decided about an episode."""
