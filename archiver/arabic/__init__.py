"""Arabic script: folding, digits, and the dates that sites print."""
