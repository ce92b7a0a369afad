"""Cases in and out of files, and as time lines, pictures, calendars and paths: pure functions of what is given."""
