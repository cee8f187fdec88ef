"""Files that somebody sent to be imported: kept in the data folder until what they are for is done or given up."""
