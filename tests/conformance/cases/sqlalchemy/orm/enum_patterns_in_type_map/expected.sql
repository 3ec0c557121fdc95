CREATE TABLE wrapped (
	id SERIAL NOT NULL, 
	color VARCHAR(1) NOT NULL, 
	other VARCHAR(1) NOT NULL, 
	plain INTEGER NOT NULL, 
	PRIMARY KEY (id)
);

CREATE INDEX ix_wrapped_other ON wrapped (other);

CREATE TABLE core (
	id SERIAL NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TYPE a AS ENUM ('xx', 'yy');

CREATE TYPE b AS ENUM ('pp');

CREATE TYPE c AS ENUM ('qq');

CREATE TABLE t (
	id SERIAL NOT NULL, 
	a a NOT NULL, 
	b b, 
	c c NOT NULL, 
	d a NOT NULL, 
	PRIMARY KEY (id)
);
