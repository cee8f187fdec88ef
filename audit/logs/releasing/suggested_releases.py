"""What is known of the release of audit trails, with what it rests on: to be weighed, never entered by itself."""

SUGGESTED = (
    (
        "Licence-plate readers: an opinion of 18 May 2026 (Commissioner of Administration, 36-749204) is about a trail "
        "of Minn. Stat. 13.824 subd. 7(c) that was asked for; the columns License Plate and Filters were withheld, "
        "citing 13.824 subd. 2 and 13.82. What the opinion concluded is not known to this program; read it first."
    ),
    (
        "Driver and vehicle data: the trail of Minn. Stat. 171.12 subd. 1a is public to the extent that it is not "
        "classified otherwise (text of 2018 and 2020; read the present one)."
    ),
    (
        "What may stand against a release: data of a complaint about an employee (Minn. Stat. 13.43), security "
        "information (13.37), and active investigations (13.82)."
    ),
)
