"""The HTTP interface: routes, validation, problem details, limits and metrics."""
