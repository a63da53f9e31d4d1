"""Pages of tasks, deputies and handing over."""
