"""The content types, one file each: fields, folder, labels and views."""
