"""Recordings presented on the full screen: stepped through, played by themselves, left for a branch."""
