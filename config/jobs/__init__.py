"""Long work as jobs: any door asks for one, a worker process does it (`app/jobs`)."""
