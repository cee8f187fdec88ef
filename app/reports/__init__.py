"""The doors to reports: workbooks that are asked for, and the files that are ready."""
