"""The methods of both clients, a file for each part of the API."""
