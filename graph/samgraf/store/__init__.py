"""Where the graph lives: an embedded Oxigraph snapshot, or any SPARQL 1.1 endpoint."""
