"""Questions in Danish and English, turned into SPARQL and answered with evidence."""
