"""The applicant's own pages, and how an applicant gets to them."""
