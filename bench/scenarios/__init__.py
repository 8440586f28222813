"""Each module measures one thing: `DATABASES`, `prepare(quick)` fills an empty database, `measure(server, quick, rounds)` returns
figures; those named in bench.goals are judged. A module without HTTP sets `HTTP = False` and gets no server.
"""
