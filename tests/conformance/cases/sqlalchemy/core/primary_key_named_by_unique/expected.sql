CREATE TABLE roms (
	id SERIAL NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT one_rom UNIQUE (id)
);

CREATE TABLE deferred (
	id VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT deferred_unique UNIQUE (id) DEFERRABLE
);

CREATE TABLE named (
	id VARCHAR NOT NULL, 
	CONSTRAINT the_key PRIMARY KEY (id), 
	CONSTRAINT not_the_key UNIQUE (id)
);

CREATE TABLE collections_roms (
	collection INTEGER NOT NULL, 
	rom INTEGER NOT NULL, 
	PRIMARY KEY (collection, rom), 
	UNIQUE (collection, rom), 
	CONSTRAINT other_order UNIQUE (rom, collection), 
	CONSTRAINT unique_collection_rom UNIQUE (collection, rom), 
	CONSTRAINT named_too_late UNIQUE (collection, rom), 
	FOREIGN KEY(rom) REFERENCES roms (id)
);

CREATE TABLE convention (
	id SERIAL NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_convention_id UNIQUE (id)
);
