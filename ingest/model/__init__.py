"""A language model as one more reader of prose: it proposes claims, and its proposals are checked."""
