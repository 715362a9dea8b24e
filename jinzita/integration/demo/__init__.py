"""The demo's data: a real set of a shop's invoice lines, and a generator for a carrier's enterprise
business.
"""
