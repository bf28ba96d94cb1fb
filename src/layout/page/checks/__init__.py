"""Rules about pages: makeup as an art director would look it over."""
