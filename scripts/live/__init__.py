"""What the checks of a running Lik server share; the standard library is all it needs."""
