"""Every invisible arrow in one room: which event makes which job run, and the timetable."""

from procrastinate import App

from jinzita.kernel import outbox


def register(app: App) -> None:
    """Called once when Django is ready."""
    from jinzita.wiring import (
        activities,
        assignment,
        customers,
        imports,
        outside,
        quality,
        scores,
        timetable,
        treatment,
    )

    for arrows in (scores, customers, activities, assignment, quality, treatment, imports, outside):
        arrows.register()
    app.periodic(cron="* * * * *", periodic_id="minute")(
        app.task(name="wiring.minute", queue="default", queueing_lock="minute", pass_context=True)(
            timetable.minute
        )
    )
    for task in app.tasks.values():
        task.retry_strategy = task.retry_strategy or outbox.AgainWhenBrokenOff()
