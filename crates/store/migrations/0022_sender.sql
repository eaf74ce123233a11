-- What the clinic's own mail server has found of the address over a mail: 'passed', 'failed'; nothing where nobody looked.
ALTER TABLE inbound ADD COLUMN sender_check TEXT;
