"""An assessment from its first question to the page that is read: begun, written, checked, submitted."""
