"""The page: the local workspace as a chat client in the browser, drawn on the server."""
