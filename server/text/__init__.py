"""Reading words: pure functions over text, shared by triage, drafting and safety."""
