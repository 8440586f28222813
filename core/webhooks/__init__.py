"""Webhooks: other systems are told of an event by a signed POST, as the outbox tells people.

    events.py     which events there are
    models.py     who is told, and each delivery with its state
    announce.py   queues the deliveries of an event, inside the act's transaction
    target.py     which addresses may be called: https, and never a machine of our own network
    deliver.py    signs, sends, tries again
"""
