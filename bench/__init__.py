"""Speed and memory, each figure beside a floor of the same run: `python -m bench`, SCALE=0.1 for less."""
