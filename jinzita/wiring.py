"""Every invisible arrow on one page: which event makes which job run, and the timetable."""

from procrastinate import App


def register(app: App) -> None:
    """Called once when Django is ready."""
