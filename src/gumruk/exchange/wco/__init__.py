"""WCO-DEC declaration messages (HMRC profile) in: an original declaration becomes a draft; nothing else is taken here."""

from gumruk.exchange.wco.reading import envelope, read

__all__ = ["envelope", "read"]
