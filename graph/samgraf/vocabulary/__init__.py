"""What the ontology says of classes and relations, their behaviour included: the one place that knows its terms.

``ontology/samgraf.ttl`` declares the terms, ``ontology/profile.ttl`` says what they are for (family, order, direction, the moment
that they date, the kind of involvement …); a workspace does both in its own ``ontology/*.ttl``. Rules and queries read the same
statements by SPARQL, the page gets them in its payload. ``terms`` are what they become, ``reading`` makes them so.
"""
