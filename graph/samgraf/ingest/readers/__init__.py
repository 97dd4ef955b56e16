"""One reader for each kind of file: bytes to lines in reading order, with pages, boxes and table cells."""
