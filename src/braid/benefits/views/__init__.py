"""Pages of benefits counselling."""
