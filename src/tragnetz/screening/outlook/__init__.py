"""What will change for the households that allowed it: looked through at night, told to their counsellors."""
