"""Documents that an attorney edits: the policies that chapter 13 asks for, and texts for position descriptions."""
