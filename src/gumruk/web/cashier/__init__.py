"""Pages of the cash desk: shift, payments, daybook, bank; refunds; and the broker's accounts."""
