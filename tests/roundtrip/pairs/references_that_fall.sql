-- before
CREATE TABLE parent (a int, b int, c int, PRIMARY KEY (a, b, c));
CREATE TABLE child (a int, b int, c int, FOREIGN KEY (a, b, c) REFERENCES parent);
-- after
CREATE TABLE parent (a int PRIMARY KEY, b text);
CREATE TABLE child (a int, b text);
