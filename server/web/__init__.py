"""HTTP ends here: parse, authorise, call one flow, render."""
