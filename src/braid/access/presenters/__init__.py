"""What access says in words: why something is withheld, who sees what, the policy."""
