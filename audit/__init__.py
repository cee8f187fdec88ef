"""What the logs say was done with the data, and what stands out."""
