"""Headings under which entities publish their inventories, for each column of ours the likeliest first."""

NAME_HEADINGS = (
    *("name of record, file, process, form or data type", "name of record, file, process, form, or data type"),
    *("name of record, file, process, form, data type", "record, file, process, form or data type"),
    *("name of record, file, system, process, form or data type", "name of record, file, or process"),
    *("record, file, or process", "name of record", "name of file", "name of data", "name of data type"),
    *("name of data series", "name of record series", "name of data set", "data name", "record name"),
    *("private and confidential data types", "private or confidential data types", "not public data types"),
    *("data type name", "data type", "data types", "type of data", "types of data", "type of record"),
    *("types of records", "record type", "type of data maintained", "types of data maintained", "data maintained"),
    *("private and confidential data", "private or confidential data", "not public data", "data collected"),
    *("data series", "data series name", "series name", "series title", "record series", "records series"),
    *("record series title", "record series name", "title of record", "title of record series", "record title"),
    *("form name", "data set", "dataset", "data set name", "series", "record", "records", "data", "title"),
    *("data category", "data categories", "category of data", "categories of data", "category of record", "category"),
)
DESCRIPTION_HEADINGS = (
    *("description understandable to general public", "description understandable to the general public"),
    *("description of data", "data description", "description of record", "description of records"),
    *("record description", "series description", "record series description", "descriptions", "definition"),
    *("explanation", "summary", "contents", "content", "examples", "description/examples"),
)
CLASSIFICATION_HEADINGS = (
    *("data classification", "data classifications", "classification(s)", "classifications"),
    *("classification of data", "mgdpa classification", "data practices classification", "statutory classification"),
    *("privacy classification", "access classification", "classification type", "data class", "class", "classes"),
)
CITATION_HEADINGS = (
    *("citation for classification", "citations for classification", "classification citation", "citations"),
    *("citation(s)", "governing statute", "governing statutes", "governing statute(s)", "statutory citation"),
    *("statute citation", "legal citation", "statute", "statutes", "statute(s)", "statute/rule", "statute or rule"),
    *("statutory authority", "statutory reference", "legal authority", "legal basis", "legal reference", "law"),
    *("minnesota statute", "minnesota statutes", "mn statute", "mn statutes", "minn. stat.", "state statute"),
    *("governing law", "applicable law", "authority for classification", "classification authority"),
    *("authority", "authority named in the document", "reference", "citation to law", "cite"),
)
WORK_ACCESS_HEADINGS = (
    *("employee work access", "employee access", "employees with access", "employees with work access"),
    *("employees who have access", "employee positions with access", "positions with access", "job titles with access"),
    *("staff access", "staff with access", "access by employees", "who has access", "persons with access"),
    *("work assignment access", "employee work assignments", "authorized employees", "authorized access", "access"),
)
CODE_HEADINGS = (
    *("series code", "record code", "record series code", "records series code", "data series code"),
    *("series number", "series no", "record series number", "record series no", "retention code", "schedule code"),
)
DEPARTMENT_HEADINGS = (
    *("department name", "dept", "dept name", "department/division", "division/department", "responsible department"),
    *("division", "section", "unit", "work unit", "business unit", "office", "bureau", "agency", "office of record"),
)
SYSTEMS_HEADINGS = (
    *("system", "system(s)", "system name", "information system", "information systems", "application"),
    *("applications", "software", "database", "location", "location of data", "storage location"),
)
RETENTION_HEADINGS = (
    *("retention period", "retention periods", "retention schedule", "records retention", "record retention"),
    *("retention time", "minimum retention", "total retention", "retention requirement"),
)
PURPOSE_HEADINGS = ("purposes", "purpose of data", "purpose and use", "purpose of collection", "use", "uses")
