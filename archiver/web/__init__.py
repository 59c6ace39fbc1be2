"""The reading room: the archive as web pages, Arabic first. `app.create_app(folder)` makes it."""
