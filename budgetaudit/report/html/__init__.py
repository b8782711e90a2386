"""The report as one HTML file that opens anywhere, without a network; what its pages share is for other pages too."""
