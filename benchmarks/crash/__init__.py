"""Nothing is lost: many write while the server is killed again and again, and then the database is read."""
