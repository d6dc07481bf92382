"""The staff console apart from HTTP: signing in, inquiries, replies, standard answers."""
