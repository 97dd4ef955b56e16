"""What there is to tell about one entity: everything, its story, how it is linked, and a note to hand on.

``facts.gather`` fetches what there is; ``about.about``, ``timeline.timeline``, ``ways.ways`` and ``note.briefing`` put it in
order; ``render.write_note`` writes a note as a file.
"""
