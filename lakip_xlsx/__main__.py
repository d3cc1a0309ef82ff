"""``python -m lakip_xlsx`` does what the command ``lakip-xlsx`` does."""

from lakip_xlsx.cli.main import main

main()
