"""What people hand over without any command, made into changes of the hub: a form, a document, a mail.

One file for each way in (`form`, `deposit`, `mail`); each makes an `Arrival` (`arrival.py`), which `writing` writes or
commits and `telling` tells. What arrives is hostile: it is data here and never becomes a command, a path or a trailer.
"""
