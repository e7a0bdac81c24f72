"""Pages for people: broker, officer, components."""
