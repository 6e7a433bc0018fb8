"""What the command line does beside calling one flow: serving, files in, text out."""
