"""Countries, income groups, regions and vocabularies: reference data with a small loader each."""
