"""Speed and memory, each figure beside a floor measured in the same run. `python -m bench`, SCALE=0.1 for less."""
