"""`python -m jinzita.cli` is `jinzita`."""

from jinzita.cli import main

main()
