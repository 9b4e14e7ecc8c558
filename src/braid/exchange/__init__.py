"""Foreign shapes stop here: rosters and spreadsheets; FHIR and calendars later."""
