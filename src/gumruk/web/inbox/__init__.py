"""The inbox of a broker's firms: what happened to their declarations."""
