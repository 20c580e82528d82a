package build

// What the external tests need to know of sizes.
const (
	ArticleMemory = articleMemory * articlesPart // bytes of --memory that an article needs
	ShardArticles = shardArticles
)
