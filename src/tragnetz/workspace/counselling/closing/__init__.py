"""Pages of the end, of merging and splitting, of what people say."""
