"""The catalogue's tables, as migrations."""

from __future__ import annotations

MIGRATIONS = (
    """
    CREATE TABLE records (row INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE items (
      row INTEGER NOT NULL REFERENCES records(row), scheme TEXT NOT NULL, sort_key TEXT NOT NULL, location TEXT NOT NULL
    );
    CREATE INDEX items_by_key ON items (scheme, sort_key, location);
    CREATE INDEX items_by_row ON items (row);
    CREATE TABLE forms (
      row INTEGER NOT NULL REFERENCES records(row), form TEXT NOT NULL, joined TEXT NOT NULL, pinyin TEXT NOT NULL,
      initials TEXT NOT NULL
    );
    CREATE INDEX forms_by_form ON forms (form);
    CREATE INDEX forms_by_joined ON forms (joined);
    CREATE INDEX forms_by_pinyin ON forms (pinyin) WHERE pinyin <> '';
    CREATE INDEX forms_by_initials ON forms (initials) WHERE initials <> '';
    CREATE INDEX forms_by_row ON forms (row);
    CREATE TABLE isbns (isbn TEXT NOT NULL, row INTEGER NOT NULL REFERENCES records(row));
    CREATE INDEX isbns_by_isbn ON isbns (isbn);
    CREATE INDEX isbns_by_row ON isbns (row);
    CREATE VIRTUAL TABLE words USING fts5 (title, author, subject, tokenize = "unicode61 remove_diacritics 0");
    CREATE VIRTUAL TABLE terms USING fts5vocab (words, 'row');
    CREATE VIRTUAL TABLE sounds USING fts5 (title, author, tokenize = "trigram");
    CREATE TABLE spellings (cut TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (cut, term)) WITHOUT ROWID;
    CREATE TABLE documents (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT NOT NULL);
    CREATE TABLE passages (
      row INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(row), heading TEXT NOT NULL,
      start INTEGER NOT NULL, stop INTEGER NOT NULL, lang TEXT NOT NULL
    );
    CREATE INDEX passages_by_document ON passages (document);
    CREATE VIRTUAL TABLE passage_words USING fts5 (heading, body, tokenize = "unicode61 remove_diacritics 0");
    CREATE VIRTUAL TABLE passage_terms USING fts5vocab (passage_words, 'row');
    """,
)
