"""`python -m service` is `guard`."""

from service.cli import main

main()
