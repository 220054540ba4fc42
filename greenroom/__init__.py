"""Greenroom: says of any implementation of live rooms whether its promises hold."""

__version__ = "0.1.0"
