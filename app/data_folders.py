"""Which data folder belongs to the database; see `folder_identity.py`, which asks by the table's name."""

from sqlmodel import Field, SQLModel


class DataFolder(SQLModel, table=True):
    """The one data folder that belongs to the database."""

    __tablename__ = "data_folders"

    id: str = Field(primary_key=True)
