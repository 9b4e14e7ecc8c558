"""The outcomes lens: who works, how soon, how long; reports that stand, and comparisons."""
