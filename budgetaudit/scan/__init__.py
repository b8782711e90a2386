"""Whole folders: find the files, audit each in a bounded process, keep the results, report over all of them."""

from __future__ import annotations

from budgetaudit.scan.outcome import FileVerdict, Outcome
from budgetaudit.scan.run import Scan, Settings, scan
from budgetaudit.scan.store import Store, StoreError

__all__ = ["FileVerdict", "Outcome", "Scan", "Settings", "Store", "StoreError", "scan"]
