"""The columns of a stored event with their types."""

import pyarrow as pa

from audit.logs.event_columns import COUNTED, KINDS

EVENT_SCHEMA = pa.schema(
    [
        ("import_id", pa.int32()),
        ("record", pa.int64()),
        ("time", pa.timestamp("us")),
        *((kind, pa.int32()) for kind in KINDS),
        *((f"{kind}_count", pa.int64()) for kind in COUNTED),
        *((f"{kind}_whole", pa.string()) for kind in KINDS),
        # how the log wrote the time, where that does not follow from it; only where keys are made when asked for
        ("spelled", pa.string()),
        ("record_id", pa.string()),
        ("event_key", pa.binary()),
    ]
)
