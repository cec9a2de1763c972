"""What people do together in one room: who is there, pins, notes, tours. Plain objects, told what happened and when."""
