// Lets a module of headers alone be a library like the others.
