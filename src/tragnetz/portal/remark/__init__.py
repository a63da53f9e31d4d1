"""What visitors tell us: a barrier, a wrong translation, a fault, an idea."""
