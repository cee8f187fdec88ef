"""Positions as a file lists them."""

HEADINGS = "position_code,title,department\n"
THREE = HEADINGS + "P1,Clerk,Finance\nP2,Assessor,Assessing\nP3,Clerk,Police\n"
