"""The limit of the service: a route of FastAPI that answers a constant: `python -m benchmarks.bare_route PORT`."""

import sys

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
def answer_constant() -> dict[str, bool]:
    """Answer the constant."""
    return {"ok": True}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
