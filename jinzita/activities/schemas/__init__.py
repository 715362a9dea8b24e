"""What the endpoints of activities take and give."""
