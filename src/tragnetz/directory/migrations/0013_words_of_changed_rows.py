"""The words of a changed service are taken when its words changed, row by row.

The statement's rows of before and after were joined, by a plan kept from a session's first statement, which changed one
row: each with each. Writing the words of 100,000 services anew took more than twenty minutes.
"""

from django.db import migrations

BY_ROW = """
DROP TRIGGER directory_words_of_changed ON directory_service;
CREATE OR REPLACE FUNCTION directory_words_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directory_word (id, network_id, word)
        SELECT gen_random_uuid(), NEW.network_id, word FROM (
            SELECT DISTINCT word FROM string_to_table(NEW.search_words, ' ') AS word
            WHERE length(word) >= 3 ORDER BY word
        ) AS words
        ON CONFLICT (network_id, word) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER directory_words_of_changed AFTER UPDATE OF search_words ON directory_service
    FOR EACH ROW WHEN (OLD.search_words IS DISTINCT FROM NEW.search_words)
    EXECUTE FUNCTION directory_words_of_changed();
"""
BY_STATEMENT = """
DROP TRIGGER directory_words_of_changed ON directory_service;
CREATE OR REPLACE FUNCTION directory_words_of_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO directory_word (id, network_id, word)
        SELECT gen_random_uuid(), network_id, word FROM (
            SELECT DISTINCT written.network_id, word
            FROM written JOIN before ON before.id = written.id AND before.search_words <> written.search_words,
                string_to_table(written.search_words, ' ') AS word
            WHERE length(word) >= 3 ORDER BY network_id, word
        ) AS words
        ON CONFLICT (network_id, word) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER directory_words_of_changed AFTER UPDATE ON directory_service
    REFERENCING OLD TABLE AS before NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION directory_words_of_changed();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0012_words_of_services'),
    ]

    operations = [
        migrations.RunSQL(BY_ROW, BY_STATEMENT),
    ]
