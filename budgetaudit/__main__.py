"""python -m budgetaudit."""

from budgetaudit.cli import app

if __name__ == "__main__":
    app()
