"""The running program: command line, configuration, composition, ingesting, delivering."""
