"""Cases that nobody here wrote, carried over as facts; sources, licences and the peers' answers stand in README.md beside this file."""
