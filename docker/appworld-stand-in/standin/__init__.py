"""A small environment server that speaks AppWorld's protocol, with apps and tasks of its own."""
