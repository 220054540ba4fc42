"""The web page of the reference: a static single-page app and the small server that hands it out."""
