"""Settings, urls, wiring of rooms, demo and the console command."""
