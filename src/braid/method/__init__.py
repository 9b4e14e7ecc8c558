"""The IPS method as pure functions: no Django, no clock, no input or output."""
