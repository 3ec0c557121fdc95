CREATE TABLE article (
	id SERIAL NOT NULL, 
	vector TSVECTOR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT article_name CHECK (name != '')
);

CREATE INDEX article_vector_idx ON article USING gin (vector);

CREATE TABLE author (
	id SERIAL NOT NULL, 
	name VARCHAR NOT NULL, 
	born VARCHAR(10), 
	PRIMARY KEY (id), 
	CONSTRAINT author_name CHECK (name != '')
);

CREATE TABLE configured (
	tables INTEGER DEFAULT '2'
);
