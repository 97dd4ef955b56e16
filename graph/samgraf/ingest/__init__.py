"""From a file to a text of record, and from that to a draft of claims that a person judges. Nothing here writes to the graph."""
