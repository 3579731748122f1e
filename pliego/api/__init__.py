"""The door for programs: JSON over HTTP, described by OpenAPI. It calls the functions that the pages call."""
