"""Goals: conditions over what happened in a session, for lessons, transcripts, grading and tests."""
