"""Door: the terminal. Data to stdout, talk to stderr, exit code 0 only when all went well."""
