"""What assignment's endpoints take and give."""
