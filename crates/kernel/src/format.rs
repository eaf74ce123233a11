//! How each language writes a date, a time, a number, a name and a sum of money.
