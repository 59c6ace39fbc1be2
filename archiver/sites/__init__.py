"""Who publishes and with what: theme and publisher profiles, as data, and their strict loader."""
