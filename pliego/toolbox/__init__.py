"""The toolbox as a service: jobs that run the operations of `pdf` on somebody's files, and their results for a day."""
