"""Pages of the demonstration; their addresses exist only where settings.DEMO is set."""
