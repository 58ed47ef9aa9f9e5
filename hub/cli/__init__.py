"""The command line: `app` is the command `hub`; every other module is one of its commands, in a constant `COMMAND`."""
