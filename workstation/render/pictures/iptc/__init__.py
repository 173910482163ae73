"""What a picture's own file says of it: credit, caption and alternative text, as the IPTC has newsrooms write them.

The pixels are not touched: segments are put into the file (JPEG: IIM and XMP; PNG and WebP: XMP), and what others wrote there
stays, but for the same words.
"""
