"""The treatment-team meeting: prepared, held in several windows, printed, recorded."""
