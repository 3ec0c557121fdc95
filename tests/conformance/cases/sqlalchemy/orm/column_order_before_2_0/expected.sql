CREATE TABLE template (
	id VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	stamp VARCHAR(20) NOT NULL, 
	version INTEGER, 
	owner VARCHAR(36) NOT NULL, 
	PRIMARY KEY (id, stamp, owner)
);

CREATE TABLE template_history (
	id VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	stamp VARCHAR(20) NOT NULL, 
	version INTEGER NOT NULL, 
	note VARCHAR, 
	owner VARCHAR(36) NOT NULL, 
	PRIMARY KEY (id, stamp, version, owner)
);
