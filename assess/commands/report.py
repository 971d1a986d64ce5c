"""stub"""

from pathlib import Path


def write_report(context, repository, name):
    return None
