"""The facts as they would stand after saving an import; nothing is written.

`overlay` holds the unit's present facts and what takes their place, `laying` lays a
plan over them. Both load Arrow: import them where figures are made, not on a page.
"""
