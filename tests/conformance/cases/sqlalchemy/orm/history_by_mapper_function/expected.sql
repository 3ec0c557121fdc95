CREATE TABLE services (
	id SERIAL NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	note VARCHAR DEFAULT 'none', 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);

CREATE TABLE services_history (
	id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	note VARCHAR, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id, version)
);

CREATE TABLE api_keys_history (
	id INTEGER NOT NULL, 
	service_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id, version)
);

CREATE INDEX ix_api_keys_history_service_id ON api_keys_history (service_id);

CREATE TABLE api_keys (
	id SERIAL NOT NULL, 
	service_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(service_id) REFERENCES services (id)
);

CREATE INDEX ix_api_keys_service_id ON api_keys (service_id);
