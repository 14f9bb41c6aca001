"""The programme: activities, registration, attendance, outreach, cohorts, evaluation, money and milestones, imports."""
