"""HTTP and WebSocket on tornado: the only place that knows requests and connections."""
