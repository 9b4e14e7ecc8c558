"""The invented region Havnelund: people who do not exist, so that pages can be tried."""
