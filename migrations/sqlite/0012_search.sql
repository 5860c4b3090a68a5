-- What a member is found by: the words of name, email and contact number, each after a blank.
-- `users/search.rs` brings what people type into the same form.
ALTER TABLE members ADD COLUMN words TEXT GENERATED ALWAYS AS
    (' ' || trim(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        name_key || ' ' || email || ' ' || lower(contact_number),
        '.', ' '), '-', ' '), '_', ' '), '+', ' '), '@', ' '), '''', ' '), ',', ' '), '  ', ' '), '  ', ' '))) VIRTUAL;

-- The same from each word on to the end, so that one range of one index holds everybody with words that
-- begin as somebody typed, and in it the order of names.
CREATE TABLE member_words (
    company_id BLOB NOT NULL,
    word       TEXT NOT NULL,
    name_key   TEXT NOT NULL,
    user_id    BLOB NOT NULL,
    PRIMARY KEY (company_id, word, name_key, user_id)
) STRICT, WITHOUT ROWID;

-- What the table has to hold. Triggers keep it, whoever writes members; `verify` compares.
CREATE VIEW words_of_members AS
SELECT m.company_id, substr(m.words, start.value) AS word, m.name_key, m.user_id
FROM members m, json_each((
    WITH RECURSIVE starts (start) AS (
        SELECT 2
        UNION ALL
        SELECT start + instr(substr(m.words, start), ' ') FROM starts WHERE instr(substr(m.words, start), ' ') > 0
    )
    SELECT '[' || group_concat(start) || ']' FROM starts
)) AS start;

INSERT INTO member_words (company_id, word, name_key, user_id)
SELECT company_id, word, name_key, user_id FROM words_of_members ORDER BY company_id, word, name_key, user_id;

CREATE TRIGGER members_get_words AFTER INSERT ON members BEGIN
    INSERT INTO member_words (company_id, word, name_key, user_id)
    SELECT company_id, word, name_key, user_id FROM words_of_members
    WHERE company_id = NEW.company_id AND user_id = NEW.user_id;
END;
CREATE TRIGGER members_lose_words BEFORE DELETE ON members BEGIN
    DELETE FROM member_words
    WHERE company_id = OLD.company_id AND name_key = OLD.name_key AND user_id = OLD.user_id AND word IN
        (SELECT word FROM words_of_members WHERE company_id = OLD.company_id AND user_id = OLD.user_id);
END;
CREATE TRIGGER members_change_words_from BEFORE UPDATE OF name_key, email, contact_number ON members
WHEN OLD.name_key <> NEW.name_key OR OLD.email <> NEW.email OR OLD.contact_number <> NEW.contact_number BEGIN
    DELETE FROM member_words
    WHERE company_id = OLD.company_id AND name_key = OLD.name_key AND user_id = OLD.user_id AND word IN
        (SELECT word FROM words_of_members WHERE company_id = OLD.company_id AND user_id = OLD.user_id);
END;
CREATE TRIGGER members_change_words_to AFTER UPDATE OF name_key, email, contact_number ON members
WHEN OLD.name_key <> NEW.name_key OR OLD.email <> NEW.email OR OLD.contact_number <> NEW.contact_number BEGIN
    INSERT INTO member_words (company_id, word, name_key, user_id)
    SELECT company_id, word, name_key, user_id FROM words_of_members
    WHERE company_id = NEW.company_id AND user_id = NEW.user_id;
END;

-- Those of one status in the order of names, and how many: from the index alone.
CREATE INDEX members_active ON members (company_id, name_key, user_id, locked_until)
    WHERE deactivated_at IS NULL AND accepted_at IS NOT NULL;
CREATE INDEX members_deactivated ON members (company_id, name_key, user_id) WHERE deactivated_at IS NOT NULL;
