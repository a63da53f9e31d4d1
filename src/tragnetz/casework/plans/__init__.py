"""Plan templates: goals, steps and deadlines for what often happens, as a proposal to choose from."""
