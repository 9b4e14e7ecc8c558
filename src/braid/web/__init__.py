"""The design system: base templates, components, form rendering, static files.

Knows no domain word. `web:gallery` shows every component; each template says at its top
what it wants.
"""
