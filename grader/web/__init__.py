"""Pages in the browser, from this machine. Runs in the caller: no NumPy, no PyTorch.

What all pages share, in reading order; the lessons and the dashboard are built on it:

    place.py     where pages are served: address, port, prefix, the names that a browser may use
    door.py      who may come in: `Identity`, and what turns a token into one
    session.py   who has come in, until when; kept here, the browser has an id only
    gate.py      lets nothing through without a session; forms need their session's token
    headers.py   what each answer carries, and which hosts and origins are heard
    site.py      an application behind all of these; its templates, static files, error pages
    stream.py    server-sent events, from any thread to all open pages
    connection.py  a connection has to ask for something, soon
    server.py    uvicorn, from the URL that is printed to Ctrl-C

    templates/   the layout that all pages have, and what is said where there is no page
    static/      their style, and their icon
    openid/      signing in by another site, and who has which role then
    lessons/     the course as pages, and its visualizers
    dashboard/   a class, for who teaches it
    demo/        a made-up class with a gradebook
"""
