"""People in, answers and nudges out: the edge of Signpost, and the only place where today is known."""
