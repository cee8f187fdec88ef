"""All tables of the program, and how Alembic compares a database with them."""

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import access.delegation_models
import access.duty_models
import access.models
import access.proposals.models
import access.reviews.models
import app.data_folders
import app.notices.models
import audit.aside_models
import audit.logs.models
import audit.logs.release_models
import audit.logs.retention_models
import audit.models
import audit.question_models
import config.applied_imports
import config.change_requests
import config.jobs.models
import config.officials.models
import config.officials.second_factor_models
import config.tables.heading_mapping
import config.uploads.models
import config.web.kept_forms
import config.web.once
import inventory.models
import inventory.publication_models
from config.database import UtcDateTime

# The imports register each folder's tables; naming them here keeps that visible.
TABLE_MODULES = (
    access.delegation_models,
    access.duty_models,
    access.models,
    access.proposals.models,
    access.reviews.models,
    app.data_folders,
    app.notices.models,
    audit.aside_models,
    audit.logs.models,
    audit.logs.release_models,
    audit.logs.retention_models,
    audit.models,
    audit.question_models,
    config.applied_imports,
    config.change_requests,
    config.jobs.models,
    config.officials.models,
    config.officials.second_factor_models,
    config.tables.heading_mapping,
    config.uploads.models,
    config.web.kept_forms,
    config.web.once,
    inventory.models,
    inventory.publication_models,
)
TABLES = SQLModel.metadata


def _write_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write the project's column type by its own name, and SQLModel's text as SQLAlchemy's."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "config.database.UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


COMPARISON: dict[str, Any] = {"compare_type": True, "compare_server_default": True, "render_item": _write_type}
