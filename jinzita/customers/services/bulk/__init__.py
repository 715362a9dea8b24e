"""One change of many records at once, customers or contacts: a job that can be undone as one."""

from jinzita.customers.services.bulk.running import request_bulk, resume_silent, run_bulk

__all__ = ["request_bulk", "resume_silent", "run_bulk"]
