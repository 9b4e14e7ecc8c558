"""Stories of one person each, over months, through the pages that people use."""

import pytest

# The chapters assert too: their failures say what was met.
for chapter in ("acting", "at_work", "counselling", "further", "on_the_way", "steps"):
    pytest.register_assert_rewrite(f"tests.stories.{chapter}")
