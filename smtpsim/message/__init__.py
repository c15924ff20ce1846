"""The grammar of a message, read once for all who need it: fields, address lists, MIME parts, dates, encodings."""
