"""The instructor's dashboard: a class at a glance, and what a person decides. In the caller.

Figures come from `classroom/insight`, marks and decisions from the gradebook: here they are only
laid out, and forms only call what the commands call.

    charts.py    charts as SVG, each with its table
    wording.py   how numbers, times and outcomes are written
    visit.py     who asks, what they may do and see; pseudonyms; a limit for wrong tokens
    members.py   who signed in by another site, and their role as the file says now
    running.py   batches and regrades that were begun from a page
    comparing.py hand-ins of the class compared with each other, in a thread
    desk.py      what every screen needs; routes to screens and to what forms do
    following.py runs, of these pages and of commands, as they go; pages are told of news
    screens.py   the class: now, map, items, ideas, quality, cohorts
    students.py  students, one of them, one hand-in, two side by side
    likeness.py  hand-ins that are nearly the same
    deciding.py  overrides, extensions, excuses, assignments, runs: asked first, then done
    files.py     downloads
    api.py       the same data as JSON, and its description
    site.py      all of it together, its figures kept up to date
    exported.py  the pages as files
    templates/   the pages
"""
