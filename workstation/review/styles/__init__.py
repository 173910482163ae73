"""House style: files of rules, and where a text breaks them."""
