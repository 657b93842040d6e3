"""Reports of prose into blocks that know their places: PDF, Word, web pages, JATS, Markdown, plain text."""
