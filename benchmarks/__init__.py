"""What `make bench` runs: generated hubs, the builds of the hub and of its peers side by side, and the report."""
