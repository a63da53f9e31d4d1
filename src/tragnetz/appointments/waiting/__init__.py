"""The waiting list: who waits for which time, in fair order, and who is offered a freed one until when."""
