"""The console command gumruk."""
