"""The first figures that a service would see, before anything is saved.

`planned` makes them when a plan is made and loads Arrow and DuckDB; `gaps` counts what
the facts do not tell. `shown` and `possible` put what was kept of both into words.
"""
