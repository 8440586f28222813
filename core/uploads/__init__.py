"""Uploads in pieces: a file of hundreds of megabytes arrives over a bad line, and what arrived stays.

A session is a row (`UploadSession`) and a part file under UPLOAD_ROOT. The browser begins one, sends pieces of at most
CHUNK bytes with their offset, and finishes; after a lost line, a reload or a restarted server it begins again with the same
file and is told the offset to go on from. What is finished is checked whole (core.files) and handed to the app that wants it;
what is refused or given up leaves neither row nor file.

How an app takes files this way:

1.  Write a purpose and register it in `AppConfig.ready`::

        purposes.register(Purpose(
            code="entries.attachment",
            allow=allow_attachment,   # (user, target, slot, at) -> Allowance; Http404 for strangers, a Refusal to say why not
            take=take_attachment,     # (user, target, slot, checked, at) -> the address of the page that shows the result
        ))

    `target` and `slot` are the app's own words: the public id of the object, the kind of material. `allow` is asked before
    the first byte and again at the end. `take` calls the app's action, which puts `checked.stored()` into a FileField and
    raises a Refusal when it cannot; it runs inside the transaction that ends the session.

2.  On the page, a plain form for browsers without scripts (`enctype="multipart/form-data"`, its own address, a view that
    calls `core.files.check_upload`), with `data-upload`, `data-purpose`, `data-target` and `data-slot`; load
    `js/upload.js`. `templates/components/upload.html` is this form, with the unfinished uploads of the person under it
    (`core.uploads.session.unfinished`).

    A file that is one field of a larger form goes another way: the field has `data-upload-field` and `data-slot`, the form
    `data-upload-url`, `data-purpose` and `data-target`; load `js/upload-field.js`. What came is kept by the purpose until the
    form is sent. People without an account take part where the purpose has `takes_visitors` and the page calls
    `core.uploads.visitor.welcome`.

3.  Hand files out with `core.files.private_file` after your own permission check.
"""
