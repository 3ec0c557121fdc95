CREATE TABLE product (
	id SERIAL NOT NULL, 
	PRIMARY KEY (id)
);

CREATE TABLE visit (
	id SERIAL NOT NULL, 
	product_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(product_id) REFERENCES product (id)
);

