"""What the running service keeps outside releases, shared by its workers: one file a noun."""
