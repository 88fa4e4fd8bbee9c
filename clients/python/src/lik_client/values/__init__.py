"""What the API answers, as dataclasses. Objects may gain fields; these have the ones that openapi.yaml describes."""
