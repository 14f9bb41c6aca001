"""The pages, the machine API and the server that puts them on a port."""
