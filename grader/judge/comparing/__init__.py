"""An answer compared with what was expected, and the words for what differs."""
