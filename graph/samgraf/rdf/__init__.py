"""Claims to RDF quads, inference rules, SHACL."""
