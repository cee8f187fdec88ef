"""A spreadsheet or CSV -> rows -> a plan -> the record: one way in for every table that a person gives."""
