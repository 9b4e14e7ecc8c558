"""Benefits counselling: the offer and its answer, verified benefits, scenario pages."""
