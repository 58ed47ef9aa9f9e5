"""What Git remembers of the hub's texts: every revision that was published, when, by whom and why."""

from hub.git import brings as brings
from hub.history.reading import History as History
