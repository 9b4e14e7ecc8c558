"""The shell's side of imports: who acts, what is printed. Loaded after Django is set up."""
