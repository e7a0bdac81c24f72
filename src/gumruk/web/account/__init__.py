"""What a signed-in person keeps for themselves: tokens with which their programs use the API."""
