"""Lantern: a second live-room product, complete and correct, and unlike the reference in every respect.

It exists so that the harness can be seen to drive an implementation by a target folder alone (`target/`). Pages come
from the server, in German; the API takes forms and a cookie, and answers in an envelope of its own; rooms are called
studios, sessions broadcasts, attendance visits; ids are numbers; the tables live in a schema called `lantern`.

`python -m tests.lantern` serves it until standard input ends. It knows nothing of the harness or of the reference.
"""
