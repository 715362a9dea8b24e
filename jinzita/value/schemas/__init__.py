"""What value's endpoints take and give.

Shares are 0-1, scores 0-100; amounts in analyses are plain numbers.
"""
