"""The theme `hub`: Material's styles with a layout of the hub's own. A package, so that the host finds its folder."""
