"""The bench's one table."""

from rich.table import Table

from bench.figures import Figure


def table_of(figures: list[Figure], scale: float) -> Table:
    """Every figure beside its floor, with the ratio, the target and whether it is met."""
    table = Table(title=f"Jinzita bench, scale {scale:g}", title_justify="left")
    table.add_column("part")
    table.add_column("figure")
    for name in ("time", "floor", "ratio"):
        table.add_column(name, justify="right")
    table.add_column("the floor is")
    table.add_column("target")
    table.add_column("met", justify="center")
    table.add_column("peak MB", justify="right")
    last = ""
    for figure in figures:
        if last and figure.part != last:
            table.add_section()
        name = figure.name + (f"\n[dim]{figure.note}[/]" if figure.note else "")
        table.add_row(
            figure.part if figure.part != last else "",
            name,
            shown(figure.seconds),
            shown(figure.floor_seconds),
            f"{figure.ratio:.1f}×",
            figure.floor_name,
            figure.target,
            {True: "[green]yes[/]", False: "[red]no[/]", None: ""}[figure.met],
            f"{figure.peak_mb:,.0f}" if figure.peak_mb else "",
        )
        last = figure.part
    return table


def shown(seconds: float) -> str:
    """A time a person can read."""
    if seconds >= 10:
        return f"{seconds:,.0f} s"
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
