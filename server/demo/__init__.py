"""The demo: invented pharmacies, patients and mails, moved to today so that they never age."""
