"""Headings under which entities export who works for them, for each column of ours the likeliest first."""

TITLE_HEADINGS = (
    *("job title", "job titles", "position title", "title of position", "working title", "civil service title"),
    *("classification title", "class title", "job classification", "classification", "job class", "job name"),
    *("position name", "position", "business title", "payroll title", "occupation", "occupation title", "job", "role"),
    *("job description", "job desc", "title description", "jobcode description", "job code description"),
)
DEPARTMENT_HEADINGS = (
    *("department name", "dept name", "dept", "departments", "department title", "department description"),
    *("dept description", "department desc", "dept desc", "home department", "department/division"),
    *("division name", "division", "agency name", "agency", "bureau name", "bureau", "office", "section"),
    *("organization", "organization name", "organizational unit", "org unit", "business unit", "work unit", "unit"),
    *("branch name", "descr"),
)
EMPLOYEE_ID_HEADINGS = (
    *("employee number", "employee no", "employee code", "emp id", "emp number", "emp no", "emplid", "empno"),
    *("personnel number", "person number", "person id", "worker id", "staff id", "staff number", "payroll number"),
    *("hr id", "temporary_id"),
)
NAME_HEADINGS = (
    *("employee name", "person name", "full name", "emp name", "employee full name", "name of employee"),
    *("staff name", "worker name", "legal name", "full legal name", "display name", "preferred name"),
    *("incumbent name", "incumbent", "employee", "worker", "person"),
)
LAST_NAME_HEADINGS = ("last", "surname", "family name", "lname", "employee last name")
FIRST_NAME_HEADINGS = ("first", "given name", "fname", "employee first name")
MIDDLE_NAME_HEADINGS = ("middle", "middle initial", "mi", "mname", "employee middle name")
HIRE_DATE_HEADINGS = (
    *("last hire date", "most recent hire date", "latest hire date", "current hire date", "rehire date", "hire dt"),
    *("date of hire", "hire", "hired", "date hired", "hired date", "employment date", "date of employment"),
    *("date employed", "employment start date", "appointment date", "original hire date", "orig hire date"),
    *("original hire dt", "first hire date", "start date", "date started", "begin date", "service date"),
)
EMAIL_HEADINGS = ("email address", "work email", "business email", "mail")
MANAGER_ID_HEADINGS = (
    *("manager employee id", "manager number", "supervisor id", "supervisor employee id", "supervisor number"),
    *("reports to id", "reports to employee id"),
)
