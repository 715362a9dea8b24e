"""What integration's endpoints take and give."""
