"""Check the answer: review.py and one file per check in checks/."""
