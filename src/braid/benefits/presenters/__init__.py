"""What the pages of benefits say."""
