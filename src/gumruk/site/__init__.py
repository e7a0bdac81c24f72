"""How the parts are joined into one running site: settings, addresses, WSGI."""
