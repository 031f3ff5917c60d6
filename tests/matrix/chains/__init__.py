"""What one person, or two, try in several steps. Each ends in a refusal that others hear of."""
