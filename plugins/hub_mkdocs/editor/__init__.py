"""The web editor in a site: Decap CMS, installed by its lock file, beside our configuration of it."""
